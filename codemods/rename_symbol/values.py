"""What the steps of a rename hand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from ..facts.references.asked import word_of


class Asked(Protocol):
    """The options that say what is renamed."""

    @property
    def symbol(self) -> tuple[str, ...]: ...
    @property
    def to(self) -> tuple[str, ...]: ...
    @property
    def map(self) -> Mapping[str, tuple[str, ...]]: ...


@dataclass(frozen=True)
class Options:
    """The options that the plan depends on."""

    symbol: tuple[str, ...]
    to: tuple[str, ...]
    public_name: str
    docs: bool
    all_overrides: bool
    alias: bool
    leave_alias: bool
    map: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Pair:
    """One symbol, as it is asked for, and its new name."""

    dotted: str
    new: str
    from_map: bool = field(default=False, compare=False)

    @property
    def word(self) -> str:
        return word_of(self.dotted)

    @property
    def mangled(self) -> str:
        """What a private member is called outside of its class; "" for any other."""
        *_, cls, word = ["", *self.dotted.split(".")]
        private = word.startswith("__") and not word.endswith(("__", ")"))
        return f"_{cls.lstrip('_')}{word}" if private and cls else ""

    def within(self, dotted: str) -> str:
        """What a name is after the renaming that stands in what is renamed; "" for any other."""
        inside = dotted.removeprefix(self.dotted)
        if inside == dotted or inside[:1] not in (".", "("):
            return ""
        parent, dot, _ = self.dotted.rpartition(".")
        return f"{parent}{dot}{self.new}{inside}"

    @property
    def files(self) -> tuple[str, ...]:
        """The files that move, if it is a module or a package."""
        inner = self.dotted.replace(".", "/")
        return tuple(f"{above}{inner}{end}" for above in ("", "*/") for end in (".py", ".pyi", "/*"))


def pairs_of(options: Asked) -> tuple[Pair, ...]:
    """The symbols with their new names, each once."""
    given = [Pair(dotted, new) for dotted, new in zip(options.symbol, options.to, strict=True)]
    given += [Pair(dotted, to[0], from_map=True) for dotted, to in options.map.items()]
    return tuple(dict.fromkeys(given))


Span = tuple[int, int, str, str]
Kind = Literal["plain", "deprecated"]


@dataclass(frozen=True, order=True)
class Alias:
    """A definition (`owner` is the class that it is a member of) whose old name stays."""

    kind: Kind
    dotted: str
    owner: str
    old: str
    new: str


@dataclass(frozen=True, order=True)
class Job:
    """What one change does in one file: a span is (start, end, old text, new text)."""

    group: str
    line: int
    reason: str
    spans: tuple[Span, ...]
    comments: tuple[Span, ...] = ()  # those in comments
    unsafe: bool = False
    to: str = ""  # where the file moves
    alias: Alias | None = None  # what stays under the old name, if it is defined here
    imports: bool = False  # whether names in import statements are among the spans
    same: tuple[int, ...] = ()  # where those begin that get the local name which they have there: `old as new`
