"""Give a function one more parameter, and its calls an argument for it. The dataclass is here; the steps stand beside it.

scan.py         what a file says of the functions: how they are defined, what is done with their names
plan.py         the definitions and calls that are edited, and what blocks that
edits.py        what one file gets
parameter.py, expressions.py, docstrings.py     what is written
frameworks.py   who reads the parameters of functions
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ..engine.codemod import Codemod, Needles, OptionError, option, options_as
from ..engine.known import Decisions, Known, Wants
from ..engine.values import Part, Skip
from .asked import Options, homes_of, needles_of, words_of
from .parameter import check_value, parameter_of

if TYPE_CHECKING:
    from ..engine.source import Source
    from .values import Facts, Job


@dataclass(frozen=True)
class AddParameter(Codemod):
    """Add a parameter to a function or method, with all that overrides it, and an argument to its calls.

    What counts: the definition, its overloads and stub, the methods that override it or that it overrides; of a class its own
    `__init__`. With --value the calls that resolve to it give an argument, by whatever import, receiver, `super()` or
    `partial`. A call in the function itself, or in a method that overrides it, hands on what that got. The parameter stands
    behind the others; by keyword only behind `*args`, where the function has such parameters already, where overrides take
    others by position, and without a default behind defaults. A docstring that tells of parameters tells of it. A name in
    its type, its default or the value means what it means in the function's module, or is dotted and begins with a module;
    it is imported where it is needed.

    What is left alone: places that hand the function on without a call, calls with `**mapping`, mocks that stand for it, and
    what only agrees by name; each is told with its line. Where the name is taken in the function, something that is called
    may be another function, or a value cannot be written, nothing changes.

    Safe where everything resolves. Unsafe where a decorator or framework reads the parameters of the function, or a module of
    the project is imported where it was not.
    """

    function: tuple[str, ...] = option(
        help="what gets the parameter: pkg.mod.f, pkg.mod.Cls.f, pkg.mod.Cls", metavar="DOTTED"
    )
    parameter: str = option(help='the parameter, as a function has it: "verbose: bool = False"')
    value: str = option("", help="what calls give for it, but for those in tests [default: nothing]", metavar="EXPR")
    value_in_tests: str = option(
        "",
        help="what calls in tests give for it [default: nothing, or where they must that of --value]",
        metavar="EXPR",
    )
    doc: str = option("", help="what docstrings say of it", metavar="TEXT")
    all_overrides: bool = option(
        False, help="where a method may be that of several classes, or a protocol asks for it: all of them get it"
    )

    spans_files: ClassVar[bool] = True
    codes: ClassVar[Mapping[str, str]] = {
        "P01-taken": "the name means something in the function already",
        "P02-no-function": "something that would get the parameter is not made by a plain def",
        "P03-not-free": "the function's parameters are given by others: a fixture, a test, a property, a special name",
        "P04-passed": "the function is passed as a value: whoever calls it gives no argument",
        "P05-handed-on": "arguments are handed on in `**mapping`",
        "P06-mock": "a mock stands for the function, and may be asked how it was called",
        "P07-protocol": "a class has the method because a protocol asks for it",
        "P08-overrides": "a base outside of the project may call it, and gives no argument",
        "P09-unreadable": "a file that may define or call it cannot be read",
        "P10-only-its-name": "only the spelling agrees: nobody knows what is called",
        "P11-one-of-several": "another function may be called, too",
        "P12-no-place": "a call stands in an f-string",
        "P13-no-name": "a name in the type, the default or the value cannot be written there",
        "P14-has-it": "the parameter is there already, or the call gives it already",
    }

    def __post_init__(self) -> None:
        if not parameter_of(self.parameter).default and not self.value:
            raise OptionError("value", None, "calls must give something for a parameter without a default")
        for name, text in (("value", self.value), ("value_in_tests", self.value_in_tests)):
            if text:
                check_value(name, text)

    def subject(self) -> str:
        name = parameter_of(self.parameter).name
        return f"Add {name} to {self.function[0] if len(self.function) == 1 else f'{len(self.function)} functions'}"

    def needles(self) -> Needles:
        return Needles(
            edit=needles_of(self.function),
            files=("*.py", "*.pyi", "*.toml", "*.cfg", "*.ini"),
            also=homes_of(self.function),
        )

    def scan(self, file: Source) -> Facts:
        from .scan import read

        return read(file, words_of(self.function), parameter_of(self.parameter).name)

    def wants(self, known: Known) -> Wants:
        from .plan import plan_of

        return Wants(paths=known.once(plan_of, options_as(self, Options)).wanted)

    def decide(self, known: Known, targets: Collection[str]) -> Decisions:
        from .plan import plan_of

        return known.once(plan_of, options_as(self, Options)).decisions

    def find(self, file: Source, mine: tuple[Job, ...]) -> Iterable[Part | Skip]:
        from .edits import parts

        return parts(file, mine)
