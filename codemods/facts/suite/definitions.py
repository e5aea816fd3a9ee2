"""What one file says about pytest fixtures: definitions and requests. Plain data.

`scan(file)` reads definitions as pytest's `parsefactories` does and the names that a function
requests as `getfuncargnames` does; `fixture_graph.Graph` puts the files together. Its tests,
classes and marks are those of `tests.py`, which answers for every codemod. A name is
requested only by a parameter that no default, `@patch`, `@given` or direct `parametrize` fills.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from ...engine.names import Names, exports, is_true
from ...engine.source import Function as FunctionNode
from ...engine.source import Source, is_function, statements
from .asked import asked
from .requests import FIXTURES, Marks, filled_by_given, filled_by_patch, fixture_maker, free_parameters
from .scan import scan as scan_tests
from .tests import TestFile

_STEPS = frozenset(f"pytest_bdd.{word}" for word in ("given", "when", "then", "step"))
_STEP_ARGUMENT = re.compile(r"\{(\w+)|<(\w+)>|\(\?P<(\w+)>")
_QUIET = re.compile(r"(pytest\.mark|unittest|mock|functools|typing|abc|contextlib|builtins|hypothesis)\b")


@dataclass(frozen=True, slots=True)
class Fixture:
    """One definition. `source` is what `db = other` is an alias of: a name of this module, or dotted."""

    name: str  # what is requested
    attribute: str  # what the module or class binds
    owner: str  # qualified name of the class, "" for the module
    line: int
    requests: tuple[str, ...] = ()
    autouse: bool = False
    scope: str = "function"
    params: bool = False
    explicit: bool = False  # the name was given by `name=`
    source: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """One function of a module or class that may turn out to be a test, a step or a fixture."""

    name: str
    owner: str
    line: int
    requests: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()  # parameters that its own parametrize marks fill
    step: bool = False  # of pytest-bdd
    decorators: tuple[str, ...] = ()  # dotted names that nothing here explains
    unsure: bool = False  # a decorator fills parameters that cannot be seen


@dataclass(frozen=True, slots=True)
class Module:
    """The facts of one file."""

    fixtures: tuple[Fixture, ...] = ()
    functions: tuple[Function, ...] = ()
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)  # local → (module, name or "")
    stars: tuple[str, ...] = ()
    exports: tuple[str, ...] | None = None  # __all__, None without one
    makers: tuple[str, ...] = ()  # names here that decorate fixtures: aliases, partials
    factories: tuple[str, ...] = ()  # functions here that make a fixture and may return it
    tests: TestFile = field(default_factory=lambda: TestFile(""))


def scan(file: Source, decorators: Iterable[str] = ()) -> Module:
    """The fixture facts of one Python file. Raises Unreadable."""
    return _Scan(file, FIXTURES.keys() | decorators).module()


class _Scan:
    def __init__(self, file: Source, decorators: Container[str]) -> None:
        self.file = file
        self.names = Names(file)
        self.decorators = decorators
        self.fixtures: list[Fixture] = []
        self.functions: list[Function] = []
        self.factories: list[str] = []
        self.asks_by_name = "getfixturevalue" in file.text or "getfuncargvalue" in file.text

    def module(self) -> Module:
        names = self.names
        self._body(names.body, "", 0)
        return Module(
            tuple(self.fixtures), tuple(self.functions), names.imports, tuple(names.stars),
            exports(names),
            tuple(n for n, v in names.assigned.items() if self._maker(v) is not None), tuple(self.factories),
            scan_tests(self.file, names),
        )  # fmt: skip

    # ---- definitions -----------------------------------------------------------------------

    def _body(self, body: Iterable[ast.stmt], owner: str, patches: int) -> None:
        for node in body:
            if is_function(node):
                self._function(node, owner, patches)
            elif isinstance(node, ast.ClassDef):
                self._class(node, owner)
            elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                self._assignment(node, node.targets[0].id, owner)

    def _class(self, node: ast.ClassDef, owner: str) -> None:
        name = f"{owner}.{node.name}" if owner else node.name
        self._body(statements(node.body), name, filled_by_patch(self.names, node.decorator_list))

    def _function(self, node: FunctionNode, owner: str, patches: int) -> None:
        given = next((m for d in node.decorator_list if (m := self._maker(d)) is not None), None)
        by_name = self._asked(node)
        if given is not None:
            requests = tuple(dict.fromkeys([*free_parameters(node, owner), *by_name]))
            name = self.names.text(given.get("name"))
            self.fixtures.append(
                _fixture(name or node.name, node.name, owner, node.lineno, requests, given, bool(name))
            )
            return
        if not owner and "fixture" in self._text(node) and any(
            self._maker(d) is not None for n in ast.walk(node) if is_function(n) and n is not node for d in n.decorator_list
        ):  # fmt: skip
            self.factories.append(node.name)
        marks = Marks(self.names, node.decorator_list)
        taken, unsure = filled_by_given(self.names, node)
        if node.name.startswith("test"):  # patch.TEST_PREFIX: a class decorator patches those methods
            patches += filled_by_patch(self.names, node.decorator_list)
        else:
            patches = filled_by_patch(self.names, node.decorator_list)
        free = [n for n in free_parameters(node, owner) if n not in taken][patches:]
        step, filled = self._step(node)
        known = {*marks.direct, *filled}
        self.functions.append(
            Function(
                node.name, owner, node.lineno, tuple(dict.fromkeys([*(n for n in free if n not in known), *by_name])),
                tuple(n for n in free if n in marks.direct), step, tuple(self._unknown(node)), unsure or marks.unsure,
            )
        )  # fmt: skip

    def _text(self, node: FunctionNode) -> str:
        starts = self.file.line_starts
        return self.file.text[starts[node.lineno - 1] : starts[min(node.end_lineno or node.lineno, len(starts) - 1)]]

    def _assignment(self, node: ast.Assign, name: str, owner: str) -> None:
        """`db = pytest.fixture(scope="session")(impl)`, `db = other_fixture`, `db = make_fixture()`."""
        value = node.value
        if isinstance(value, ast.Call):
            given = self._maker(value.func)
            implementation = value.args[0] if given is not None and value.args else None
            if isinstance(implementation, ast.Name | ast.Lambda):
                requests = tuple(self._requests(implementation, owner))
                text = self.names.text((given or {}).get("name"))
                self.fixtures.append(
                    _fixture(text or name, name, owner, node.lineno, requests, given or {}, bool(text))
                )
            elif given is None and (source := self.names.dotted(value.func)):
                self.fixtures.append(Fixture(name, name, owner, node.lineno, source=f"{source}()"))
        elif isinstance(value, ast.Name | ast.Attribute) and (source := self.names.dotted(value)):
            self.fixtures.append(Fixture(name, name, owner, node.lineno, source=source))

    def _requests(self, implementation: ast.Name | ast.Lambda, owner: str) -> list[str]:
        """What a function asks for that is handed to a fixture decorator."""
        if isinstance(implementation, ast.Lambda):
            a = implementation.args
            return [p.arg for p in a.args[: len(a.args) - len(a.defaults)]][1 if owner else 0 :]
        function = next((n for n in self.names.body if is_function(n) and n.name == implementation.id), None)
        return free_parameters(function, "") if function else []

    def _maker(self, node: ast.expr) -> dict[str, ast.expr] | None:
        """The keywords of a fixture decorator; None for all else."""
        made = fixture_maker(self.names, node, self.decorators)
        return {k.arg: k.value for k in made[1] if k.arg} if made else None

    # ---- requests --------------------------------------------------------------------------

    def _asked(self, node: FunctionNode) -> list[str]:
        """Names in `request.getfixturevalue("name")`, and those that params give to `getfixturevalue(request.param)`."""
        if not self.asks_by_name or "getf" not in self._text(node):
            return []
        found = asked(self.names, node)
        return [*found.written, *found.handed]

    def _step(self, node: FunctionNode) -> tuple[bool, list[str]]:
        """Whether pytest-bdd calls this as a step, and the parameters that the step's text fills."""
        calls = [d for d in node.decorator_list if isinstance(d, ast.Call) and self.names.dotted(d.func) in _STEPS]
        texts = [t for c in calls for n in ast.walk(c) if (t := self.names.text(n))]
        return bool(calls), [name for t in texts for m in _STEP_ARGUMENT.findall(t) for name in m if name]

    def _unknown(self, node: FunctionNode) -> Iterator[str]:
        """Decorators that may be a project's own name for a fixture decorator."""
        for decorator in node.decorator_list:
            name = self.names.dotted(decorator.func if isinstance(decorator, ast.Call) else decorator)
            if name and not _QUIET.match(name.lstrip(".")) and not name.startswith(":"):
                yield name


def _fixture(
    name: str,
    attribute: str,
    owner: str,
    line: int,
    requests: tuple[str, ...],
    given: dict[str, ast.expr],
    explicit: bool,
) -> Fixture:
    scope = given.get("scope")
    text = scope.value if isinstance(scope, ast.Constant) else "function" if scope is None else "?"
    params = given.get("params")
    has_params = params is not None and not (isinstance(params, ast.Constant) and params.value is None)
    return Fixture(
        name, attribute, owner, line, requests, is_true(given.get("autouse")), str(text), has_params, explicit
    )
