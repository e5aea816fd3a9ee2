"""What one file says about pytest fixtures: definitions, requests, classes, imports. Plain data.

`scan(file)` reads definitions as pytest's `parsefactories` does and the names that a function
requests as `getfuncargnames` does; `fixture_graph.Graph` puts the files together. A name is
requested only by a parameter that no default, `@patch`, `@given` or direct `parametrize` fills.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from ..source import Function as FunctionNode
from ..source import Source, is_function
from .asked import asked
from .names import Names, is_true, statements
from .requests import FIXTURES, Marks, filled_by_given, filled_by_patch, fixture_maker, free_parameters

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
    uses: tuple[str, ...] = ()  # its own usefixtures marks
    direct: tuple[str, ...] = ()  # names that a parametrize mark fills directly
    step: bool = False  # of pytest-bdd
    decorators: tuple[str, ...] = ()  # dotted names that nothing here explains
    unsure: bool = False  # a decorator fills parameters that cannot be seen


@dataclass(frozen=True, slots=True)
class Class:
    """One class. Bases are dotted; one of this module starts with a colon."""

    name: str
    line: int
    bases: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    collected: bool = True  # no __init__, no __new__, no `__test__ = False`


@dataclass(frozen=True, slots=True)
class Module:
    """The facts of one file."""

    fixtures: tuple[Fixture, ...] = ()
    functions: tuple[Function, ...] = ()
    classes: tuple[Class, ...] = ()
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)  # local → (module, name or "")
    stars: tuple[str, ...] = ()
    exports: tuple[str, ...] | None = None  # __all__, None without one
    plugins: tuple[str, ...] = ()
    plugins_computed: bool = False
    uses: tuple[str, ...] = ()  # pytestmark
    direct: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()  # names here that decorate fixtures: aliases, partials
    factories: tuple[str, ...] = ()  # functions here that make a fixture and may return it


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
        self.classes: list[Class] = []
        self.factories: list[str] = []
        self.asks_by_name = "getfixturevalue" in file.text or "getfuncargvalue" in file.text

    def module(self) -> Module:
        names = self.names
        self._body(names.body, "", 0)
        marks = Marks(names, _marks(names.body))
        exports = _exports(names)
        plugins, computed = self._plugins()
        return Module(
            tuple(self.fixtures), tuple(self.functions), tuple(self.classes), names.imports, tuple(names.stars),
            exports, plugins, computed, tuple(marks.uses), tuple(marks.direct),
            tuple(n for n, v in names.assigned.items() if self._maker(v) is not None), tuple(self.factories),
        )  # fmt: skip

    def _plugins(self) -> tuple[tuple[str, ...], bool]:
        found: list[str] = []
        computed = False
        for node in self.names.body:
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(t, ast.Name) and t.id == "pytest_plugins" for t in targets):
                    texts = self.names.texts(node.value)
                    computed = computed or texts is None
                    found += texts or [t for n in ast.walk(node.value) if (t := self.names.text(n))]
        return tuple(found), computed

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
        body = list(statements(node.body))
        marks = Marks(self.names, [*node.decorator_list, *_marks(body)])
        bound = {n.name for n in body if is_function(n)}
        off = any(
            isinstance(n, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == "__test__" for t in n.targets)
            and isinstance(n.value, ast.Constant) and not n.value.value
            for n in body
        )  # fmt: skip
        self.classes.append(
            Class(
                name, node.lineno, tuple(self.names.dotted(b.value if isinstance(b, ast.Subscript) else b) for b in node.bases),
                tuple(marks.uses), tuple(marks.direct), not (bound & {"__init__", "__new__"} or off),
            )
        )  # fmt: skip
        self._body(body, name, filled_by_patch(self.names, node.decorator_list))

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
                tuple(marks.uses), tuple(n for n in free if n in marks.direct), step, tuple(self._unknown(node)),
                unsure or marks.unsure,
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
            if isinstance(implementation, ast.Name):
                function = next((n for n in self.names.body if is_function(n) and n.name == implementation.id), None)
                requests = tuple(free_parameters(function, "")) if function else ()
                text = self.names.text((given or {}).get("name"))
                self.fixtures.append(
                    _fixture(text or name, name, owner, node.lineno, requests, given or {}, bool(text))
                )
            elif given is None and (source := self.names.dotted(value.func)):
                self.fixtures.append(Fixture(name, name, owner, node.lineno, source=f"{source}()"))
        elif isinstance(value, ast.Name | ast.Attribute) and (source := self.names.dotted(value)):
            self.fixtures.append(Fixture(name, name, owner, node.lineno, source=source))

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


def _marks(body: Iterable[ast.stmt]) -> Iterator[ast.expr]:
    """The marks that `pytestmark` holds: one, a list or a tuple, also by `+=` and with an annotation."""
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in targets):
                yield from node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]


def _exports(names: Names) -> tuple[str, ...] | None:
    found: list[str] | None = None
    for node in names.body:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets):
                found = (found or []) + (names.texts(node.value) or [])
    return None if found is None else tuple(found)
