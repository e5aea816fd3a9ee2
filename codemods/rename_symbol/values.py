"""What the steps of a rename hand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..facts.references.symbols import word_of


@dataclass(frozen=True)
class Options:
    """The options that the plan depends on."""

    symbol: tuple[str, ...]
    to: tuple[str, ...]
    public_name: str
    docs: bool


@dataclass(frozen=True)
class Pair:
    """One symbol, as it is asked for, and its new name."""

    dotted: str
    new: str

    @property
    def word(self) -> str:
        return word_of(self.dotted)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that move, if it is a module or a package."""
        inner = self.dotted.replace(".", "/")
        return tuple(f"{above}{inner}{end}" for above in ("", "*/") for end in (".py", ".pyi", "/*"))


def pairs_of(symbols: Sequence[str], to: Sequence[str]) -> tuple[Pair, ...]:
    """The symbols with their new names, each once."""
    return tuple(dict.fromkeys(Pair(dotted, new) for dotted, new in zip(symbols, to, strict=True)))


Span = tuple[int, int, str, str]


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
