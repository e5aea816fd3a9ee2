"""What stands for a fixture by its name, to be looked up when a test runs: `lf("db.items")`, `LazyFixture("db")`.

The calls are those of pytest-lazy-fixtures, pytest-lazy-fixture, pytest-cases and pytest-factoryboy, under any name
that they are imported or assigned by.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..engine.arguments import positional
from ..engine.names import Names, keywords, last_name
from ..engine.source import Function, Source, is_function, statements

LIBRARIES = ("pytest_lazy_fixtures", "pytest_lazyfixture", "pytest_cases", "pytest_factoryboy")
_KINDS = {  # the last word: its parameter, whether "db.items" is an attribute of db, whether it takes a function
    "lf": (("name",), True, False),
    "LazyFixtureWrapper": (("name",), True, False),
    "lfc": (("name",), True, True),
    "LazyFixtureCallableWrapper": (("callable_or_name",), True, True),
    "lazy_fixture": (("names",), False, False),
    "LazyFixture": (("fixture", "name"), False, True),
    "fixture_ref": (("fixture",), False, False),
}


@dataclass(frozen=True)
class Lazy:
    """One such call: the expressions that name fixtures, and the function whose parameters do."""

    texts: Sequence[ast.expr]
    dotted: bool  # only what stands before the first dot is the name
    function: ast.expr | None = None
    given: int = 0  # how many of the function's parameters the call fills by position
    labels: frozenset[str] = frozenset()  # and which by name


class LazyCalls:
    """The calls of one file."""

    def __init__(self, file: Source, names: Names) -> None:
        self.file, self.names = file, names

    def lines(self) -> list[int]:
        """Where a call may stand, whatever name it goes by."""
        local = [name for name in {*self.names.imports, *self.names.assigned} if self._word(ast.Name(name))]
        words = "|".join(sorted({*_KINDS, *local}, key=len, reverse=True))
        return [self.file.line_of(m.start()) for m in re.finditer(rf"\b(?:{words})\s*\(", self.file.text)]

    def _word(self, func: ast.expr) -> str:
        dotted = self.names.dotted(func)
        word = dotted.rpartition(".")[2].lstrip(":") or getattr(func, "attr", "")
        return word if word in _KINDS else ""

    def read(self, call: ast.Call) -> Lazy | None:
        """What a call asks for; None for any other call."""
        if not (word := self._word(call.func)):
            return None
        names, dotted, takes_function = _KINDS[word]
        given = keywords(call)
        found = [*call.args, *(given[n] for n in names if n in given), ast.Constant(None)][0]
        value = self.names.followed(found)
        if not takes_function or isinstance(value, ast.Constant | ast.JoinedStr | ast.BinOp):
            return Lazy(value.elts if isinstance(value, ast.List | ast.Tuple) else [found], dotted)
        if word == "LazyFixture":  # asks for every parameter
            return Lazy((), dotted, found)
        return Lazy((), dotted, found, len(call.args) - 1, frozenset(given))

    def functions(self, lazy: Lazy, name: str) -> Iterator[ast.Lambda | Function]:
        """The functions of the file that a call hands over and that ask for a fixture by a parameter of that name."""
        if lazy.function is None:
            return
        words = {last_name(n) for n in ast.walk(lazy.function)}
        followed = self.names.followed(lazy.function)
        for node in [followed] if isinstance(followed, ast.Lambda) else statements(self.file.tree.body, inside=True):
            if isinstance(node, ast.Lambda) or (is_function(node) and node.name in words):
                taken = [*positional(node)[lazy.given :], *(a.arg for a in node.args.kwonlyargs)]
                yield from [node] if name in taken and name not in lazy.labels else []
