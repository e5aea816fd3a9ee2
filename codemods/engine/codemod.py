"""The contract: what a codemod is."""

from __future__ import annotations

import keyword
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from .explained import Explains
from .grouping import grouped
from .known import Decisions, Known, Wants
from .values import Change, Part, Safety, Skip

if TYPE_CHECKING:  # reading code is for whoever runs something, not for --help
    from .source import Source


@dataclass(frozen=True)
class Needles:
    """Which files matter, decided by a text search before anything is parsed.

    `edit` and `fact` are whole words (neither side touches a letter, digit or underscore). A file
    that holds one of `edit` and matches `files` is scanned and searched by `find`; one that holds
    one of `fact`, or whose name matches `fact_files`, is scanned only. `fact=ALL` scans every file.
    Globs match the last path component (`conftest.py`, `*.pyi`) or, with a slash, the whole path.
    A file that matches `also` is treated like one with an edit needle, whatever it holds: a module that is to move
    need not say its own name. With `scan=False` nothing is scanned but what `wants` asks for. Where no file matters, nothing is
    done; with `named` the codemod decides all the same: it is asked for something that must be there.
    """

    edit: tuple[str, ...]
    fact: tuple[str, ...] = ()
    files: tuple[str, ...] = ("*.py",)
    fact_files: tuple[str, ...] = ()
    scan: bool = True
    also: tuple[str, ...] = ()
    named: bool = False


ALL = ("*",)
_Options = TypeVar("_Options")


class Libraries(Protocol):
    """Libraries whose names may come to a file through other modules of the project (facts/origins.py)."""

    def origins(self, reader: Any, files: Mapping[str, bytes]) -> Mapping[str, Mapping[str, str]]:
        """What `Source.origins` is for some files that were scanned, for those of them to which names come. `reader` is the
        `Reader` that scans them."""


class OptionError(ValueError):
    """A codemod option has a value that cannot be used: says the option, the value and what is accepted.
    The value None is for one that is missing."""

    def __init__(self, name: str, value: object, accepted: str) -> None:
        self.name, self.value, self.accepted = name, value, accepted
        flag = f"--{name.replace('_', '-')}"
        given = "is needed" if value is None else f"{value!r} is not accepted"
        super().__init__(f"{flag}: {given}; {accepted}")


class OptionTable(dict[str, tuple[str, ...]]):
    """A table as an option holds it, in the order of its names. Nobody changes it: it is a part of keys."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))


def option(
    default: Any = MISSING,
    *,
    help: str,
    choices: Sequence[str] = (),
    metavar: str = "",
    least: float | None = None,
    above: float | None = None,
    most: float | None = None,
    in_project: bool = False,
    in_file: bool = False,
    form: tuple[str, str] | None = None,
) -> Any:
    """A codemod's option: a dataclass field that is a command-line option, a configuration key and a
    golden-case argument. Types: bool, int, float, str, tuple[str, ...] (repeatable) and Mapping[str, tuple[str, ...]]
    (a table of the configuration; `NAME=TEXT,…` on the command line, repeatable). A number may have bounds: at `least`,
    `above`, at `most`. A text that is `in_project` begins with the path of a file of the project, to which more may be
    added after a colon. A table may stand `in_file`: on the command line also as the name of a TOML file that holds it, each name
    with one text or a list. A text may have a `form`: a pattern, and that in words. Without a default the option is required."""
    default = OptionTable(default) if isinstance(default, Mapping) else default
    told = {"help": help, "choices": tuple(choices), "metavar": metavar, "in_project": in_project, "in_file": in_file}
    return field(default=default, metadata=told | {"least": least, "above": above, "most": most, "form": form})


def identifier(name: str, value: str) -> None:
    """Raise OptionError unless `value` can be a Python name."""
    import unicodedata

    if not value.isidentifier() or keyword.iskeyword(value):
        raise OptionError(name, value, "a Python identifier is needed")
    if (plain := unicodedata.normalize("NFKC", value)) != value:  # as Python reads it
        raise OptionError(name, value, f"Python reads it as {plain}")


# Codes that any codemod may report. A codemod lists its own in `codes`; a test holds all of them unique.
COMMON_CODES: Mapping[str, str] = {
    "C001-syntax": "the file cannot be decoded or parsed by the Python that runs codemod",
    "C002-ignored": "a `# codemod: ignore` comment",
    "C003-unused-ignore": "an ignore comment that hides nothing, or cannot",
    "C004-excluded": "a part of the change lies in a path that may not be edited",
    "C005-encoding": "the file's encoding cannot hold the new text",
    "C006-crashed": "the worker crashed on this file",
    "C007-overlap": "the edit overlaps one of another change",
    "C008-too-large": "the file is larger than the limit",
    "C009-check": "the composed file failed a safety check",
    "C010-timeout": "the file took longer than --timeout allows",
    "C011-unresolved-module": "the file's dotted module name is ambiguous",
    "C012-too-deep": "the file's code is nested too deeply to be walked",
    "C013-moved-on": "the file changed on disk while codemod worked",
    "C014-needs": "another change, which it needs, is not made",
}


@dataclass(frozen=True)
class Codemod:
    """Base of all codemods: a frozen dataclass whose fields are its options.

    Six methods in the order they run. A codemod that looks at one file at a time needs two: `needles` and `find`.
    """

    version: ClassVar[str] = "1"
    codes: ClassVar[Mapping[str, str]] = {}  # why something is left alone
    remarks: ClassVar[Mapping[str, str]] = {}  # what is said of a change that is made or proposed
    spans_files: ClassVar[bool] = False  # changes may have parts in several files
    # libraries whose names the codemod looks for: they may come to a file through other modules of the project
    libraries: ClassVar[Libraries | None] = None
    explains: ClassVar[Explains | None] = None  # what `codemod why` tells of a line beside the reason

    @property
    def name(self) -> str:
        """As on the command line: the module's name with dashes."""
        module = type(self).__module__.rpartition(".")[2]
        return module.replace("_", "-")

    @property
    def options(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def subject(self) -> str:
        """What a commit of this codemod says it does, in the imperative."""
        return (type(self).__doc__ or self.name).strip().partition("\n")[0].rstrip(".")

    def needles(self) -> Needles:
        """Which files can matter at all."""
        raise NotImplementedError

    def scan(self, file: Source) -> Any:
        """In a worker: this file's facts as plain data, or None."""
        return None

    def wants(self, known: Known) -> Wants:
        """In the parent: what else must be read, now that this is known. Asked again until it is nothing new."""
        return Wants()

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        """In the parent, once: what each of the files that hold an edit needle shall get."""
        return Decisions(by_path=dict.fromkeys(targets))

    def find(self, file: Source, mine: Any) -> Iterable[Part | Skip]:
        """In a worker: the edits of this file, and what was seen and left alone. `mine` is what was decided for it."""
        raise NotImplementedError

    def settle(self, parts: Sequence[Part], decisions: Any) -> Iterable[Change | Skip]:
        """In the parent: join parts into changes. Blocked groups are gone already."""
        return join(self.name, parts)


def join(codemod: str, parts: Iterable[Part]) -> list[Change]:
    """One change per group, its safety that of its least safe part, its reason the first part's."""
    return [
        Change(codemod, group, members[0].reason, Safety.weakest(p.safety for p in members), tuple(members))
        for group, members in grouped((part.group, part) for part in parts).items()
    ]


def options_as(codemod: Codemod, kind: type[_Options]) -> _Options:
    """Those of a codemod's options that a dataclass asks for, so that what decides depends on no more."""
    return kind(**{f.name: getattr(codemod, f.name) for f in fields(kind)})  # type: ignore[arg-type]
