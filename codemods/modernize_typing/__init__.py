"""Bring annotations to current syntax: X | None, list[int], collections.abc.

What counts: Optional and Union, the generic aliases of typing (`Dict` → `dict`, `Deque` →
`collections.deque`), and the names that have moved (`Callable`, `Iterable` … → `collections.abc`,
`Pattern` → `re`, `ContextManager` → `contextlib`), in annotations, type aliases, base classes, `cast`,
`TypeVar`, `NewType`, `NamedTuple`, `TypedDict`, in strings where those hold types and in type comments;
under whatever name or alias they were imported. The imports follow; a typing name that another module
takes from this one, or that `__all__`, another string or a `noqa` keeps, stays, with a skip that says
so. `from __future__ import annotations` is never added.

The lowest Python of each file decides what is possible: --target-version, else the nearest
requires-python, else the target version of ruff or black. An annotation that is evaluated with the
module needs Python 3.10 for `X | Y`; under the future import it does not, unless a decorator, a base
class or a library that the file uses may evaluate it (pydantic, dataclasses, FastAPI, typer,
SQLAlchemy). A file with syntax that the lowest Python cannot read is left whole.

A union is judged together with the chain of `|` that it comes to stand in, whose operands occur once.
The annotation of a variable or attribute in a function is evaluated by nobody (type checkers want the
future import for `X | Y` there below 3.10). Quotes go only along with a type that changes; with
`--only quotes` those go that nothing needs.

What would break at run time is made right or left alone with a reason: a string beside `|` puts the whole
annotation into quotes; a class that binds `list` anywhere gets `builtins.list`, since Python 3.14
evaluates annotations in the finished class; an operand that is a function, a string or None in some
branch, of a package that the documentation mocks, a metaclass with its own `|`, `Union[TYPES]`, a generic
base without `Generic`, a `Relationship` annotation, project code that asks for `Union` and does not know
`X | Y`, an alias whose `__module__` a package sets, a generic alias that is given a string before 3.11 are
skips. Types handed around as values (arguments, dictionary keys, comparisons) are left alone unless
--runtime-values asks for them as unsafe changes. A file whose head says that it is generated stays: its
generator is what must change.

What is not replaced keeps its layout and comments. No other program is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import ClassVar

from ..engine.codemod import Codemod, Needles, OptionError, option, options_as
from ..engine.known import Decisions, Known, Wants
from ..engine.source import Source
from ..engine.values import Part, Skip
from . import facts as project_facts
from . import scan
from .facts import Choices, Facts, Share
from .mocked import SETTING
from .names import MODULES, PARTS, WORDS
from .scan import FileFacts


@dataclass(frozen=True)
class ModernizeTyping(Codemod):
    __doc__ = __doc__

    codes: ClassVar[Mapping[str, str]] = {
        "T00-target": "the lowest supported Python is unknown, or cannot evaluate the new form here",
        "T01-string": "a forward reference in a string stands where the new form would be evaluated",
        "T03-bare-string": "before 3.11 the builtin generic would keep the string a string",
        "T04-string": "a string holds a type but is no plain literal",
        "T05-relationship": "SQLModel and SQLAlchemy read the annotation of a relationship themselves",
        "T06-may-be-none": "an operand is None in some branch",
        "T07-function": "an operand is a function, which does not take |",
        "T08-operand": "an operand is not known to be a class",
        "T09-metaclass": "an operand's metaclass defines |",
        "T11-introspection": "project code asks for Union, or sets attributes of the alias: X | Y would not do",
        "T12-variable": "a type variable in the union: libraries fill it in by copying, mypy takes no such alias",
        "T13-value": "the type is handed around as a value, which code may compare or look up; or Union stands alone",
        "T14-generic-base": "the class would lose its type parameters",
        "T15-none": "None would be None and not NoneType, or an empty tuple without arguments, where the project looks",
        "T16-not-types": "the types inside are not written out, are unpacked, or not as many as the form takes",
        "T22-kept": "the import must stay: others take the name from here, or a comment holds it",
        "T23-conditional": "the import stands under a condition",
        "T24-clash": "the new name already means something else here",
        "T25-comment": "a comment or the layout of the union cannot be kept",
        "T28-newer-syntax": "the file needs a newer Python than the project supports: it is left whole",
        "T26-generated": "the file says that a program writes it: its next run would undo the change",
        "T30-report": "a deprecated name without a direct successor",
    }

    target_version: str = option("", help="the lowest Python to support, for all files", metavar="3.X")
    only: tuple[str, ...] = option((), help="do only these: " + ", ".join(PARTS), metavar="WHAT")
    runtime_values: bool = option(False, help="also rewrite types used as values, as unsafe changes")
    keep_runtime_typing: tuple[str, ...] = option((), help="leave files that match alone", metavar="GLOB")
    introspection: str = option(
        "refuse",
        help="where project code asks for Union and does not know X | Y",
        choices=("refuse", "warn", "patch"),
    )
    imports: str = option("typing-only", help="which imports may go", choices=("typing-only", "none"))
    fix_callable: bool = option(False, help="turn `callable` and `any` used as types into Callable and Any")
    forward_ref_helpers: tuple[str, ...] = option(
        (), help="functions whose first argument is a type in a string", metavar="NAME"
    )

    def __post_init__(self) -> None:
        if self.target_version and project_facts.parse_target(self.target_version) is None:
            raise OptionError("target_version", self.target_version, "a version like 3.10 is needed")
        for word in self.only:
            if word not in PARTS:
                raise OptionError("only", word, f"one of {', '.join(PARTS)} is needed")

    def needles(self) -> Needles:
        return Needles((*MODULES, "__future__"), fact=(*WORDS, "__module__", SETTING), files=("*.py", "*.pyi"))

    def scan(self, file: Source) -> FileFacts:
        return scan.scan(file, "quotes" in self.only)

    def wants(self, known: Known) -> Wants:
        words = {name for facts in known.facts.values() for name in facts.generic}
        words |= {name for facts in known.facts.values() for name in facts.lends if name not in WORDS}  # `List as L`
        return Wants(paths=project_facts.follow(known.facts, known.project), words=words)

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        target = project_facts.parse_target(self.target_version) if self.target_version else None
        facts = Facts(known.facts, known.project, target)
        hits = (path for path in targets if (own := known.facts.get(path)) is None or own.candidate)
        return Decisions(by_path={path: facts.share(path) for path in hits})

    def find(self, file: Source, mine: Share) -> Iterator[Part | Skip]:
        if any(fnmatchcase(file.path, glob) for glob in self.keep_runtime_typing):
            return
        from .file import Work

        yield from Work(options_as(self, Choices), file, mine).results()
