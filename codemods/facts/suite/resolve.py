"""Which fixture a name means at a place, as pytest resolves it, from the facts of all scanned files.

A fixture is registered at a *node*: "" (plugins: everywhere), "tests/" (a conftest: that folder and
below), "tests/test_a.py" (a module), "tests/test_a.py::TestA" (a class, with what it inherits). A
test sees the nodes on its chain; of several definitions the nearest one wins, and a definition
that requests its own name gets the next one farther away. What
is collected, and which marks reach a test, `suite.py` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from posixpath import basename, dirname

from ...engine.conditions import When, both, either
from ...engine.known import Project
from ..modules import Modules
from .collect import Collected, build
from .definitions import Fixture, Function, Module
from .plugin_modules import entry_points, named_by_options
from .settings import PytestConfig
from .tests import Test, TestClass

Binding = tuple[str, str, str]  # path, class, attribute; for `name="db"` the attribute is "@LINE"
_FACTORIES = re.compile(r"(^|\.)factories\.\w+$|(^|[._])fixture(_|$)|_fixture$")


@dataclass(frozen=True, slots=True)
class Known:
    """A fixture registered at a node. `binding` is where the name stands that must change to rename it."""

    name: str
    path: str  # of the definition
    fixture: Fixture
    binding: Binding
    node: str
    when: When = None  # what the project's Pythons do not decide
    dead: bool = False  # no Python of the project defines it

    @property
    def place(self) -> str:
        return f"{self.path}:{self.fixture.line}"


@dataclass(frozen=True, slots=True)
class Item:
    """One collected test: a function in the context of the module and class that collect it."""

    path: str  # of the collecting module
    chain: tuple[str, ...]  # nodes, farthest first
    where: str  # the path of the function's definition
    function: Function
    uses: tuple[tuple[str, str, str], ...] = ()  # (path, owner, name) of each mark that reaches it
    direct: frozenset[str] = frozenset()
    testcase: bool = False
    id: str = ""


class Graph:
    """The fixtures of a project."""

    def __init__(self, modules: Mapping[str, Module], project: Project) -> None:
        self.modules = modules
        self.project = project
        self.names = project.once(Modules)
        self.configs = self.names.pytest
        self.suite = build({p: m.tests for p, m in modules.items()}, project, ignoring=False)
        self.config: Callable[[str], PytestConfig] = cache(
            lambda folder: self.configs.for_path(f"{folder}/x.py" if folder else "x.py")
        )
        self._own: dict[str, dict[str, list[Fixture]]] = {}
        self._functions: dict[str, dict[int, Function]] = {}
        self._class_fixtures: dict[str, list[Fixture]] = {}
        for path, module in modules.items():
            made = {(f.owner, f.name): f for f in self._made(path, module)}
            own: dict[str, list[Fixture]] = {}
            for fixture in [*module.fixtures, *made.values()]:
                if not fixture.owner:
                    own.setdefault(fixture.attribute, []).append(fixture)
            self._own[path] = own
            self._functions[path] = {f.line: f for f in module.functions if (f.owner, f.name) not in made}
            self._class_fixtures[path] = [f for f in [*module.fixtures, *made.values()] if f.owner]
        self._attributes = {a for own in self._own.values() for a in own}

    # ---- what a name of a module is --------------------------------------------------------

    def _made(self, path: str, module: Module) -> Iterator[Fixture]:
        """Functions under the project's own alias of a fixture decorator."""
        for function in module.functions:
            for decorator in function.decorators:
                found = self.names.split(decorator, path)
                if found and found[0] in self.modules and found[1] in self.modules[found[0]].makers:
                    yield Fixture(function.name, function.name, function.owner, function.line, function.requests)

    def attribute(
        self, path: str, name: str, seen: frozenset[tuple[str, str]] = frozenset()
    ) -> list[tuple[str, Fixture]]:
        """The fixtures that a module's attribute may be: (path, definition) of each."""
        module = self.modules.get(path)
        if module is None or (path, name) in seen:
            return []
        seen |= {(path, name)}
        found: list[tuple[str, Fixture]] = []
        for fixture in self._own[path].get(name, ()):
            found += self._alias(path, fixture, seen) if fixture.source else [(path, fixture)]
        if not found and name in module.imports:
            source, original = module.imports[name]
            target = self.names.path(source, path)
            if target and original:
                found = self.attribute(target, original, seen)
        if not found:
            for star in module.stars:
                target = self.names.path(star, path)
                if target and self._exported(target, name):
                    found += self.attribute(target, name, seen)
        return found

    def _alias(self, path: str, fixture: Fixture, seen: frozenset[tuple[str, str]]) -> list[tuple[str, Fixture]]:
        """What `db = other` or `db = make_fixture()` is; nothing where it is no fixture."""
        source = fixture.source.removesuffix("()")
        called = source != fixture.source
        target = (path, source[1:]) if source.startswith(":") else self.names.split(source, path)
        if target and target[0] in self.modules:
            if called:
                return [(path, fixture)] if target[1] in self.modules[target[0]].factories else []
            return self.attribute(*target, seen)
        return [(path, fixture)] if called and not source.startswith(":") and _FACTORIES.search(source) else []

    def _exported(self, path: str, name: str) -> bool:
        exports = self.modules[path].exports if path in self.modules else ()
        return name in exports if exports is not None else not name.startswith("_")

    def attributes(self, path: str) -> Iterator[tuple[str, str, Fixture]]:
        """Every fixture that a module holds: (attribute, path of its definition, definition)."""
        module = self.modules[path]
        names = dict.fromkeys(
            [*self._own[path], *(n for n, (_, o) in module.imports.items() if o in self._attributes)]
        )
        for star in module.stars:
            names |= dict.fromkeys(self._star_names(star, path, frozenset()))
        for name in sorted(names):  # pytest goes through dir()
            for where, fixture in self.attribute(path, name):
                yield name, where, fixture

    def _star_names(self, star: str, near: str, seen: frozenset[str]) -> Iterator[str]:
        target = self.names.path(star, near)
        if target in self.modules and target is not None and target not in seen:
            module = self.modules[target]
            yield from (n for n in [*self._own[target], *module.imports] if self._exported(target, n))
            for inner in module.stars:
                yield from self._star_names(inner, target, seen | {target})

    # ---- where fixtures are registered -----------------------------------------------------

    @cached_property
    def public(self) -> frozenset[str]:
        """Modules that a pytest11 entry point exports to other projects."""
        named = entry_points(self.project.texts)
        return frozenset(p for dotted, near in named if (p := self.names.path(dotted, near)))

    @cached_property
    def plugins(self) -> tuple[str, ...]:
        """Modules loaded for the whole session: pytest_plugins, -p, pytest11."""
        wanted = [(name, path) for path, file in self.suite.files.items() for name in file.plugins]
        wanted += named_by_options(self.configs)
        found = dict.fromkeys(p for name, near in wanted if (p := self.names.path(name, near)))
        return tuple(found | dict.fromkeys(sorted(self.public)))

    @cached_property
    def _loaded_when(self) -> dict[str, When]:
        """Plugin modules that are not always loaded, with the condition."""
        found: dict[str, list[When]] = {}
        for path, file in self.suite.scanned.items():
            for name, when in (*((n, None) for n in file.plugins), *file.plugins_if):
                if (target := self.names.path(name, path)) in self.plugins and target is not None:
                    found.setdefault(target, []).append(when)
        always = {self.names.path(name, near) for name, near in named_by_options(self.configs)} | self.public
        return {path: either(whens) for path, whens in found.items() if path not in always}

    def _known(self, name: str, path: str, fixture: Fixture, binding: Binding, node: str) -> Known:
        """A fixture as it is registered, with the conditions of its definition and of the plugin that holds it."""
        test = self._definitions.get((path, fixture.line))
        when = both(self._loaded_when.get(path) if node == "" else None, test.when if test else None)
        return Known(name, path, fixture, binding, node, when, test is not None and test.dead)

    @cached_property
    def _definitions(self) -> dict[tuple[str, int], Test]:
        return {(p, t.line): t for p, file in self.suite.files.items() for t in file.tests if t.fixture is not None}

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """Modules taken for plugins because a `pytest_plugins` above them is computed at run time."""
        tops = [dirname(p) for p, m in self.modules.items() if m.tests.plugins_computed]
        return tuple(
            p
            for p, module in self.modules.items()
            if module.fixtures and p not in self.plugins and not self.is_conftest(p) and not self.is_test_file(p)
            and any(not top or p.startswith(f"{top}/") for top in tops)
        )  # fmt: skip

    @staticmethod
    def is_conftest(path: str) -> bool:
        return basename(path) == "conftest.py"

    def is_test_file(self, path: str) -> bool:
        return self.config(dirname(path)).is_test_file(path)

    def home(self, path: str) -> str:
        """The node at which a module's fixtures are registered."""
        if path in self.plugins or path in self.assumed:
            return ""
        if self.is_conftest(path):
            return f"{dirname(path)}/"
        return path

    @cached_property
    def nodes(self) -> dict[str, dict[str, list[Known]]]:
        """Node → name → what is registered there, the winner last."""
        found: dict[str, dict[str, list[Known]]] = {}
        classes: set[tuple[str, str]] = set()
        for path in [*self.plugins, *(p for p in self.modules if p not in self.plugins)]:
            if path not in self.modules:
                continue
            node = self.home(path)
            for attribute, where, fixture in self.attributes(path):
                name = fixture.name if fixture.explicit else attribute
                binding = (where, "", f"@{fixture.line}") if fixture.explicit else (path, "", attribute)
                found.setdefault(node, {}).setdefault(name, []).append(
                    self._known(name, where, fixture, binding, node)
                )
            for collected in self.suite.classes(path):
                classes |= {(where, cls.qualname) for where, cls in collected.bases}
                for known in self._class_known(class_node(collected), collected.bases):
                    found.setdefault(known.node, {}).setdefault(known.name, []).append(known)
        for path, fixtures in self._class_fixtures.items():  # of a base for tests elsewhere, most likely
            for owner in {f.owner for f in fixtures if (path, f.owner) not in classes}:
                if cls := self.suite.cls(path, owner):
                    for known in self._class_known(_node(path, owner), self.suite.mro(path, cls)[0]):
                        found.setdefault(known.node, {}).setdefault(known.name, []).append(known)
        return found

    def class_bindings(self, path: str, owner: str, name: str) -> list[Binding]:
        """Where a class itself defines a fixture of that name, hidden by a subclass or not."""
        mine = [f for f in self._class_fixtures.get(path, ()) if f.owner == owner and f.name == name and not f.source]
        return [(path, owner, f"@{f.line}" if f.explicit else f.attribute) for f in mine]

    def _class_known(self, node: str, bases: Iterable[tuple[str, TestClass]]) -> Iterator[Known]:
        taken: set[str] = set()
        for path, each in bases:
            owner = each.qualname
            mine = [f for f in self._class_fixtures.get(path, ()) if f.owner == owner and not f.source]
            for fixture in mine:
                if fixture.attribute not in taken:
                    binding = (path, owner, f"@{fixture.line}" if fixture.explicit else fixture.attribute)
                    yield self._known(fixture.name, path, fixture, binding, node)
            taken |= {f.attribute for f in mine} | {
                f.name for f in self._functions[path].values() if f.owner == owner
            }

    def chain(self, path: str) -> tuple[str, ...]:
        """The nodes that a module's tests see, farthest first."""
        folders = [f"{path[:n]}/" for n, c in enumerate(path) if c == "/"]
        return ("", "/", *folders, path)

    def visible(self, name: str, chain: Sequence[str]) -> list[Known]:
        """What a name may mean there, the farthest first; the last one is meant."""
        return [known for node in chain if node in self.nodes for known in self.nodes[node].get(name, ())]

    def importers(self, path: str) -> frozenset[str]:
        """The scanned test files and conftests that a module is imported by, through others too."""
        found: set[str] = set()
        stack = [path]
        while stack:
            for importer in self.imported_by.get(stack.pop(), ()):
                if importer not in found:
                    found.add(importer)
                    stack.append(importer)
        return frozenset(p for p in found if self.is_test_file(p) or self.is_conftest(p))

    @cached_property
    def imported_by(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for path, module in self.modules.items():
            for dotted in (*module.stars, *module.tests.imports.values()):
                target = self.names.split(dotted, path)
                if target and target[0] != path:
                    found.setdefault(target[0], set()).add(path)
        return found

    # ---- what is collected -----------------------------------------------------------------

    def items(self, path: str) -> Iterator[Item]:
        """The tests that pytest collects in a module."""
        config = self.config(dirname(path))
        ini = tuple((config.path, "ini", name) for name in config.usefixtures)
        for item in self.suite.items(path):
            function = self._functions[item.where].get(item.test.line)
            if function is None:
                continue
            uses = tuple((m.path, f"u{m.written}", n) for m in item.marks if m.name == "usefixtures" for n in m.names)
            direct = frozenset(n for m in item.marks if m.name == "parametrize" for n in m.names)
            outer = item.owner.split(".") if item.owner else []
            nodes = tuple(_node(path, ".".join(outer[: n + 1])) for n in range(len(outer)))
            yield Item(
                path, (*self.chain(path), *nodes), item.where, function, (*ini, *uses),
                direct | set(function.direct), item.kind != "function", item.nodeid,
            )  # fmt: skip


def class_node(collected: Collected) -> str:
    """Where a collected class registers its fixtures."""
    return _node(collected.path, collected.owner)


def _node(path: str, owner: str) -> str:
    return "::".join([path, *owner.split(".")])
