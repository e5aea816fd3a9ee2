"""Move definitions to another module with all who use them. The dataclass is here; the steps stand beside it.

scan.py      what one file says
hazards.py   why something cannot move
circles.py   would every module still import
move.py      what the steps share
plan.py      who refers to it, and what each file gets
texts.py     the texts of the two modules
users.py     one file
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ..engine.codemod import Codemod, Needles, OptionError, option, options_as
from ..engine.known import Decisions, Known, Wants
from ..engine.values import Part, Skip
from ..facts.references.asked import GLOBS, files_of
from .options import Options

if TYPE_CHECKING:
    from ..engine.source import Source
    from .values import Job, MoveFacts


@dataclass(frozen=True)
class MoveSymbol(Codemod):
    """Move functions, classes and constants to another module, with every import and path that names them.

    What counts: whoever imports them, by any name, at any depth, takes them from the new module, in the style that stands
    there; `m.X` and texts that are looked up (`patch("pkg.mod.X")`) follow. What the text needs comes along: imports, names
    of the old module; what that still uses is imported back. All that is asked for at once is one change, whole or not at all.

    What is left alone: everything, where a module would no longer import (the circle is told), where a name is taken, where
    something finds the definition by its place. Where only the spelling agrees, nothing is edited, and the line is told.

    Safe where everything resolves. Unsafe where the place of a definition can be seen: loggers, tasks, pickles, `__file__`.
    """

    to: str = option(help="the module that it moves to: one that is there, or a new one", metavar="MODULE")
    symbol: tuple[str, ...] = option((), help="what moves: pkg.mod.X, several of one module", metavar="DOTTED")
    all_of: str = option("", help="everything of this module moves, and the empty module goes", metavar="MODULE")
    after: str = option("", help="the name in the new module below which the text goes; else its end", metavar="NAME")
    before: str = option("", help="the name in the new module above which the text goes", metavar="NAME")
    with_helpers: bool = option(False, help="private definitions that only moved text uses move along")
    cycles: str = option(
        "refuse",
        help="imports that would run in a circle: refuse the move, or import in the functions that use the names",
        choices=("refuse", "lazy"),
    )
    leave_alias: bool = option(False, help="the old module imports the names back, for whoever takes them from there")
    docs: bool = option(False, help="follow in documentation, too: reST, Markdown, text")

    spans_files: ClassVar[bool] = True
    codes: ClassVar[Mapping[str, str]] = {
        "M01-cycle": "a module would ask for a name before it is there",
        "M02-taken": "the new module, or one that uses it, has something else of this name",
        "M03-state": "what stays and what moves would set the same variable",
        "M05-text": "the text cannot move as it stands",
        "M06-found-there": "something finds it by its place",
        "M07-layers": "code that ships would import from tests, or one distribution from another",
        "M08-left": "the module cannot go: something of it stays, or is used as a module",
        "M09-unreadable": "a file that may take it from the old module cannot be read",
        "M10-only-the-name": "only the spelling agrees: nobody knows what this is",
        "M11-one-of-several": "this may be one of several things, not all of which move",
        "M13-docs": "documentation says the name, and --docs is not given",
        "M14-goes": "the docstring of a module that is left empty goes with it, and the comments above it",
    }

    def __post_init__(self) -> None:
        if bool(self.symbol) == bool(self.all_of):
            raise OptionError("symbol", None, "the dotted name of what shall move, or --all-of a module")
        if len({s.rpartition(".")[0] for s in self.symbol}) > 1 or any("." not in s for s in self.symbol):
            raise OptionError("symbol", ", ".join(self.symbol), "names of one module are needed: pkg.mod.X pkg.mod.Y")
        if not all(part.isidentifier() for part in self.to.split(".")):
            raise OptionError("to", self.to, "the dotted name of a module is needed")
        if self.after and self.before:
            raise OptionError("before", self.before, "--after or --before: the text goes to one place")

    def subject(self) -> str:
        if self.all_of:
            return f"Move all of {self.all_of} to {self.to}"
        return (
            f"Move {self.symbol[0]} to {self.to}"
            if len(self.symbol) == 1
            else f"Move {len(self.symbol)} symbols to {self.to}"
        )

    def needles(self) -> Needles:
        words = tuple(
            dict.fromkeys(s.rpartition(".")[2] for s in (*self.symbol, *([self.all_of] if self.all_of else [])))
        )
        source = self.all_of or self.symbol[0].rpartition(".")[0]
        return Needles(edit=words, files=("*.py", "*.pyi", *GLOBS), also=files_of((source, self.to)))

    def scan(self, file: Source) -> MoveFacts:
        from .scan import read

        return read(file, options_as(self, Options))

    def wants(self, known: Known) -> Wants:
        from .plan import plan_of

        plan = known.once(plan_of, options_as(self, Options))
        return Wants(paths=plan.wanted, words=plan.words)

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        from .plan import plan_of

        return known.once(plan_of, options_as(self, Options)).decisions

    def find(self, file: Source, mine: Job) -> Iterable[Part | Skip]:
        from .users import parts

        return parts(file, mine)
