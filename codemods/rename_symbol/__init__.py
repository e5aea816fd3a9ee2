"""Rename a definition with all that refers to it. The dataclass is here; the steps stand beside it.

plan.py     the references of each symbol as edits, and what blocks it
kept.py     names that something outside of the code keeps or looks for
moved.py    the files of a module that is renamed
edits.py    what one file gets: orders.py keeps its imports sorted, alias.py leaves the old name
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from ..engine.codemod import Codemod, Needles, OptionError, identifier, option, options_as
from ..engine.known import Decisions, Known, Wants
from ..engine.options import table_of
from ..engine.values import Part, Skip
from ..facts.references.asked import GLOBS
from .values import Job, Options, pairs_of

if TYPE_CHECKING:
    from ..engine.source import Source
    from ..facts.references.data import FileSites


_DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*(?:\([^\W\d]\w*\))?")


@dataclass(frozen=True)
class RenameSymbol(Codemod):
    """Rename a function, class, method, attribute, constant, parameter or module, with every reference.

    What counts: every token that resolves to the definition, by scope, import, re-export, star import or type; entries of
    `__all__`; annotations in quotes; texts that are looked up (`patch("pkg.mod.old")`, `getattr(x, "old")`). One symbol is one
    change, applied whole or not at all.

    What is left alone: the same name elsewhere. Where only the spelling agrees (`x.old` of which nobody knows what x is, a
    text, a comment), nothing is edited, and each such line is told. Where the new name is taken, or would hide another, or a
    file that refers to it cannot be edited, nothing changes.

    Safe where everything resolves. Unsafe where a text is edited that nobody is known to read, where the name is printed, and
    where a member of this name is taken from something that nobody knows, which may be the one that is renamed.
    """

    symbol: tuple[str, ...] = option(
        (), help="what is renamed: pkg.mod.old, pkg.mod.Cls.old, pkg.mod.f(old), pkg.mod", metavar="DOTTED"
    )
    to: tuple[str, ...] = option((), help="its new name, one for each --symbol", metavar="NAME")
    public_name: str = option(
        "rename",
        help="names that packages hand on: rename them too, or keep them (`new as old`)",
        choices=("rename", "keep"),
    )
    all_overrides: bool = option(
        False,
        help="where a member may be that of several classes, or a protocol asks for it: rename it in all of them",
    )
    docs: bool = option(False, help="rename in documentation, too, where it is the name: reST, Markdown, text")

    alias: bool = option(
        False, help="leave the old name, too: whoever takes it from outside is warned (DeprecationWarning)"
    )
    leave_alias: bool = option(False, help="leave the old name, too, without a warning")
    map: Mapping[str, tuple[str, ...]] = option(
        {},
        help="many at once: a TOML file with the new name of each symbol",
        metavar="FILE|DOTTED=NAME",
        in_file=True,
    )

    spans_files: ClassVar[bool] = True
    codes: ClassVar[Mapping[str, str]] = {
        "S02-taken": "the new name is taken, or would hide another",
        "S03-overrides": "a base outside of the project has a member of this name: it is overridden",
        "S04-convention": "something finds the name by its spelling, or would find the new one",
        "S05-fixture": "a fixture, by which tests ask for it: fixture-rename renames those",
        "S06-no-alias": "there is no way to leave the old name of this",
        "S07-protocol": "another class has the member because a protocol asks for it",
        "S08-keys": "the name is written as a text, or otherwise, where it is used",
        "S09-unreadable": "a file that may refer to it cannot be read",
        "S10-only-the-name": "only the spelling agrees: nobody knows what this is",
        "S11-one-of-several": "this may be one of several things, not all of which are renamed",
        "S12-no-place": "a reference is written with escapes or in pieces",
        "S13-docs": "documentation says the name, and --docs is not given",
    }

    def __post_init__(self) -> None:
        if len(self.symbol) != len(self.to):
            raise OptionError("to", ", ".join(self.to) or None, "one new name for each --symbol is needed")
        for dotted, names in self.map.items():
            if len(names) != 1:
                raise OptionError("map", dotted, "one new name for each symbol is needed")
        pairs = pairs_of(self)
        if not pairs:
            raise OptionError(
                "symbol", None, "the dotted name of what shall be renamed, with its new name after --to"
            )
        for pair in pairs:
            if not _DOTTED.fullmatch(pair.dotted):
                raise OptionError("symbol", pair.dotted, "a dotted name is needed, as pkg.mod.old or pkg.mod.f(old)")
            if other := next((p.new for p in pairs if p.dotted == pair.dotted and p.new != pair.new), ""):
                raise OptionError("to", other, f"{pair.dotted} can get one new name, and {pair.new} is given, too")
            identifier("to", pair.new)
            if pair.word == pair.new:
                raise OptionError("to", pair.new, f"another name than that of {pair.dotted} is needed")
        if self.alias and self.leave_alias:
            raise OptionError("leave_alias", True, "--alias or --leave-alias: the one warns, the other does not")

    def subject(self) -> str:
        pairs = pairs_of(self)
        return f"Rename {pairs[0].dotted} to {pairs[0].new}" if len(pairs) == 1 else f"Rename {len(pairs)} symbols"

    def needles(self) -> Needles:
        pairs = pairs_of(self)
        words = tuple(dict.fromkeys(word for pair in pairs for word in (pair.word, pair.mangled) if word))
        moving = tuple(dict.fromkeys(glob for pair in pairs for glob in pair.files))
        return Needles(
            edit=words,
            files=("*.py", "*.pyi", *GLOBS),
            fact=tuple(dict.fromkeys(p.new for p in pairs)),
            also=moving,
            named=True,
        )

    def scan(self, file: Source) -> FileSites:
        from ..facts.references.data import FileSites
        from ..facts.references.scan import read

        return FileSites() if self._is_map(file) else read(file, self._words)

    def _is_map(self, file: Source) -> bool:
        """Whether a file is the map that is carried out: it says what was, and stays."""
        if not (self.map and file.path.endswith(".toml")):
            return False
        try:
            told = table_of(file.text)
        except ValueError:
            return False
        return bool(told) and all([*self.map.get(name, ())] == new for name, new in told.items())

    @cached_property
    def _words(self) -> Mapping[str, tuple[str, ...]]:
        """What is looked for, with the names that it may get."""
        words: dict[str, tuple[str, ...]] = {}
        for pair in pairs_of(self):
            words[pair.word] = (*words.get(pair.word, ()), pair.new)
            if pair.mangled:
                words[pair.mangled] = ()
        return words

    def wants(self, known: Known) -> Wants:
        from .plan import wanted

        return Wants(paths=wanted(known, options_as(self, Options)))

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        from .plan import plan_of

        return known.once(plan_of, options_as(self, Options)).decisions

    def find(self, file: Source, mine: tuple[Job, ...]) -> Iterable[Part | Skip]:
        from .edits import parts

        return parts(file, mine)
