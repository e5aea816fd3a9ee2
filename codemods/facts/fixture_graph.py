"""Which fixture a name means at a place, as pytest resolves it, from the facts of all scanned files.

A fixture is registered at a *node*: "" (plugins: everywhere), "tests/" (a conftest: that folder and
below), "tests/test_a.py" (a module), "tests/test_a.py::TestA" (a class, with what it inherits). A
test sees the nodes on its chain; of several definitions the nearest one wins, and a definition
that requests its own name gets the next one farther away. The module is long because pytest's rules
of registration, visibility and override only make sense side by side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from posixpath import basename, dirname

from ..base import Project
from .fixtures import Class, Fixture, Function, Module
from .modules import modules as modules_of
from .plugin_modules import entry_points, named_by_options
from .pytest_config import PytestConfig

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

    @property
    def id(self) -> str:
        return "::".join([self.path, *self.chain[-1].split("::")[1:], self.function.name])


@dataclass(frozen=True)
class _Collected:
    """One class as a module collects it: `node` is its place there, `mro` where its parts come from."""

    node: str
    mro: tuple[tuple[str, Class], ...]
    testcase: bool = False
    chain: tuple[str, ...] = ()
    uses: tuple[tuple[str, str, str], ...] = ()
    direct: frozenset[str] = field(default_factory=frozenset)


class Graph:
    """The fixtures of a project."""

    def __init__(self, modules: Mapping[str, Module], project: Project) -> None:
        self.modules = modules
        self.project = project
        self.names = modules_of(project)
        self.configs = self.names.pytest
        self.config: Callable[[str], PytestConfig] = cache(
            lambda folder: self.configs.for_path(f"{folder}/x.py" if folder else "x.py")
        )
        self._own: dict[str, dict[str, list[Fixture]]] = {}
        self._functions: dict[str, dict[tuple[str, str], Function]] = {}
        self._class_fixtures: dict[str, list[Fixture]] = {}
        for path, module in modules.items():
            made = {(f.owner, f.name): f for f in self._made(path, module)}
            own: dict[str, list[Fixture]] = {}
            for fixture in [*module.fixtures, *made.values()]:
                if not fixture.owner:
                    own.setdefault(fixture.attribute, []).append(fixture)
            self._own[path] = own
            functions = {(f.owner, f.name): f for f in module.functions}
            self._functions[path] = {k: f for k, f in functions.items() if k not in made} if made else functions
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
        wanted = [(name, path) for path, module in self.modules.items() for name in module.plugins]
        wanted += named_by_options(self.configs)
        found = dict.fromkeys(p for name, near in wanted if (p := self.names.path(name, near)))
        return tuple(found | dict.fromkeys(sorted(self.public)))

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """Modules taken for plugins because a `pytest_plugins` above them is computed at run time."""
        tops = [dirname(p) for p, m in self.modules.items() if m.plugins_computed]
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
                found.setdefault(node, {}).setdefault(name, []).append(Known(name, where, fixture, binding, node))
            for collected in self.collected(path):
                classes |= {(where, cls.name) for where, cls in collected.mro}
                for known in self._class_known(collected):
                    found.setdefault(collected.node, {}).setdefault(known.name, []).append(known)
        for path, fixtures in self._class_fixtures.items():
            for owner in {f.owner for f in fixtures if (path, f.owner) not in classes}:
                for known in self._class_known(self._alone(path, owner)):
                    found.setdefault(known.node, {}).setdefault(known.name, []).append(known)
        return found

    def class_bindings(self, path: str, owner: str, name: str) -> list[Binding]:
        """Where a class itself defines a fixture of that name, hidden by a subclass or not."""
        mine = [f for f in self._class_fixtures.get(path, ()) if f.owner == owner and f.name == name and not f.source]
        return [(path, owner, f"@{f.line}" if f.explicit else f.attribute) for f in mine]

    def _alone(self, path: str, owner: str) -> _Collected:
        """A class that no scanned module collects: a base for tests elsewhere, most likely."""
        cls = next(c for c in self.modules[path].classes if c.name == owner)
        return _Collected("::".join([path, *owner.split(".")]), tuple(self.mro(path, cls)))

    def _class_known(self, collected: _Collected) -> Iterator[Known]:
        taken: set[str] = set()
        for path, each in collected.mro:
            mine = [f for f in self._class_fixtures.get(path, ()) if f.owner == each.name and not f.source]
            for fixture in mine:
                if fixture.attribute not in taken:
                    binding = (path, each.name, f"@{fixture.line}" if fixture.explicit else fixture.attribute)
                    yield Known(fixture.name, path, fixture, binding, collected.node)
            taken |= {f.attribute for f in mine} | {n for o, n in self._functions[path] if o == each.name}

    def chain(self, path: str) -> tuple[str, ...]:
        """The nodes that a module's tests see, farthest first."""
        folders = [f"{path[:n]}/" for n, c in enumerate(path) if c == "/"]
        return ("", "/", *folders, path)

    def visible(self, name: str, chain: Sequence[str]) -> list[Known]:
        """What a name may mean there, the farthest first; the last one is meant."""
        return [known for node in chain if node in self.nodes for known in self.nodes[node].get(name, ())]

    # ---- what is collected -----------------------------------------------------------------

    def find_class(self, path: str, base: str) -> tuple[str, Class] | None:
        """The class that a base means in a module of the project."""
        if base.startswith(":"):
            target: tuple[str, str] | None = (path, base[1:])
        else:
            target = self.names.split(base, path)
        for _ in range(5):
            if not target or target[0] not in self.modules:
                return None
            where, name = target
            module = self.modules[where]
            if found := next((c for c in module.classes if c.name == name), None):
                return where, found
            if name not in module.imports:
                stars = (self.names.path(star, where) for star in module.stars)
                target = next(((s, name) for s in stars if s in self.modules and s is not None), None)
            else:
                source, original = module.imports[name]
                file = self.names.path(source, where)
                target = (file, original) if file else None
        return None

    def mro(self, path: str, cls: Class, depth: int = 20) -> list[tuple[str, Class]]:
        """The class and its bases within the project, in the order of attribute lookup (nearly C3)."""
        found = {(path, cls.name): (path, cls)}
        for base in cls.bases:
            target = self.find_class(path, base)
            if target and depth:
                for where, each in self.mro(*target, depth - 1):
                    found.pop((where, each.name), None)
                    found[where, each.name] = (where, each)
        return list(found.values())

    def is_testcase(self, mro: Iterable[tuple[str, Class]]) -> bool:
        """Whether unittest is behind the class: a base called ..TestCase that is no class of the project."""
        return any(
            base.endswith("TestCase") and self.find_class(path, base) is None
            for path, each in mro
            for base in each.bases
        )

    def collected(self, path: str) -> Iterator[_Collected]:
        """The classes that pytest collects in a module: its own, nested and imported ones."""
        if path not in self.modules or not self.is_test_file(path):
            return
        module = self.modules[path]
        top = [(c.name, (path, c)) for c in module.classes if "." not in c.name]
        for local, (source, name) in module.imports.items():
            if name[:1].isupper() or local[:4] == "Test":
                file = self.names.path(source, path)
                target = self.find_class(file, f":{name}") if file in self.modules and file else None
                top += [(local, target)] if target else []
        for name, (where, cls) in top:
            yield from self._collect(path, name, where, cls, self.chain(path), (), frozenset())

    def _collect(
        self, path: str, name: str, where: str, cls: Class, chain: tuple[str, ...],
        uses: tuple[tuple[str, str, str], ...], direct: frozenset[str],
    ) -> Iterator[_Collected]:  # fmt: skip
        mro = self.mro(where, cls)
        testcase = self.is_testcase(mro)
        if not testcase and not (self.config(dirname(path)).is_test_class(name) and all(c.collected for _, c in mro)):
            return
        node = f"{chain[-1]}::{name}"
        chain = (*chain, node)
        uses = (*uses, *((p, f"c{c.name}", n) for p, c in mro for n in c.uses))
        direct |= {n for _, c in mro for n in c.direct}
        yield _Collected(node, tuple(mro), testcase, chain, uses, direct)
        inner: dict[str, tuple[str, Class]] = {}
        for base_path, base in mro:
            for nested in self.modules[base_path].classes:
                if nested.name.rpartition(".")[0] == base.name:
                    inner.setdefault(nested.name.rpartition(".")[2], (base_path, nested))
        for inner_name, (inner_path, nested) in inner.items():
            if nested is not cls:
                yield from self._collect(path, inner_name, inner_path, nested, chain, uses, direct)

    def items(self, path: str) -> Iterator[Item]:
        """The tests that pytest collects in a module."""
        if path not in self.modules or not self.is_test_file(path):
            return
        module, config = self.modules[path], self.config(dirname(path))
        base = tuple((path, "m", name) for name in module.uses)
        base += tuple((config.path, "ini", name) for name in config.usefixtures)
        chain, direct = self.chain(path), frozenset(module.direct)
        for where, function in self._module_tests(path):
            if config.is_test_function(function.name):
                yield _item(path, chain, where, function, base, direct)
        for each in self.collected(path):
            taken: set[str] = set()
            for where, cls in each.mro:
                for (owner, name), function in self._functions[where].items():
                    if owner == cls.name and name not in taken:
                        taken.add(name)
                        if config.is_test_function(name) or (each.testcase and name.startswith("test")):
                            yield _item(
                                path,
                                each.chain,
                                where,
                                function,
                                base + each.uses,
                                direct | each.direct,
                                each.testcase,
                            )

    def _module_tests(self, path: str) -> Iterator[tuple[str, Function]]:
        module = self.modules[path]
        yield from ((path, f) for (owner, _), f in self._functions[path].items() if not owner)
        wanted = [(source, name) for source, name in module.imports.values() if name]
        for star in module.stars:
            target = self.names.path(star, path)
            if target in self.modules and target is not None:
                wanted += [(star, n) for o, n in self._functions[target] if not o and self._exported(target, n)]
        for source, name in wanted:
            if self.config(dirname(path)).is_test_function(name):
                target = self.names.path(source, path)
                if target and ("", name) in self._functions.get(target, ()):
                    yield target, self._functions[target]["", name]


def _item(
    path: str, chain: tuple[str, ...], where: str, function: Function,
    uses: tuple[tuple[str, str, str], ...], direct: frozenset[str], testcase: bool = False,
) -> Item:  # fmt: skip
    own = tuple((where, f"f{function.line}", name) for name in function.uses)
    return Item(path, chain, where, function, uses + own, direct | frozenset(function.direct), testcase)
