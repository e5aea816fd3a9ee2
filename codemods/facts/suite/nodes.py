"""Where fixtures are registered, as pytest registers them: what a module or class holds, and who sees it.

A *node* is "" (plugins: everywhere), "tests/" (a conftest: that folder and below), "tests/test_a.py" (a module) or
"tests/test_a.py::TestA" (a class, with what it inherits).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename, dirname

from ...engine.conditions import When, both, either
from ...engine.grouping import grouped
from ...engine.remember import remembered
from .collect import Collection, node_of
from .tests import Alias, Fixture, Test, TestClass, TestFile

NamePlace = tuple[str, str, str]  # path, class, attribute; for `name="db"` the attribute is "@LINE"
_FACTORIES = re.compile(r"(^|\.)factories\.\w+$|(^|[._])fixture(_|$)|_fixture$")


@dataclass(frozen=True)
class Placed:
    """A fixture registered at a node. `binding` is where the name stands that must change to rename it."""

    name: str
    path: str  # of the definition
    test: Test
    binding: NamePlace
    node: str
    when: When = None  # what the project's Pythons do not decide

    @property
    def place(self) -> str:
        return f"{self.path}:{self.test.line}"


class Registered:
    """The fixtures of a project's tests, by node."""

    def __init__(self, suite: Collection) -> None:
        self.suite = suite
        self.files = suite.files
        self._held: dict[tuple[str, str], list[tuple[str, Test]]] = {}

    # ---- what is loaded for all tests --------------------------------------------------------

    @cached_property
    def named(self) -> list[tuple[str, str]]:
        """What `-p`, an entry point or `pytest_plugins` loads, each with the file that says so, in pytest's order."""
        found: dict[tuple[str, str], None] = {}
        todo = [*self.suite.loaded, *((p, f.path) for f in self.files.values() for p in f.plugins)][::-1]
        while todo:
            name, near = todo.pop()
            file = self.files.get(self.suite.module(name, near))
            if (name, near) not in found and file is not None:
                todo += [(further, file.path) for further in reversed(file.plugins)]
            found[name, near] = None
        return list(found)

    @cached_property
    def plugins(self) -> tuple[str, ...]:
        """The project's modules that are loaded as plugins, scanned or not."""
        return tuple(dict.fromkeys(where for name, near in self.named if (where := self.suite.module(name, near))))

    @cached_property
    def public(self) -> frozenset[str]:
        """Modules that a pytest11 entry point gives to other projects."""
        named = self.suite.modules.plugins
        return frozenset(path for dotted, near in named if (path := self.suite.module(dotted, near)))

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """Modules taken for plugins because a `pytest_plugins` above them is computed at run time."""
        tops = [dirname(p) for p, f in self.files.items() if f.plugins_computed]
        return tuple(
            path
            for path, file in self.files.items() if any(not top or path.startswith(f"{top}/") for top in tops)
            if file.providers and path not in self.plugins and not self.has_a_place(file)
        )  # fmt: skip

    @cached_property
    def _loaded_when(self) -> dict[str, When]:
        """Plugin modules that are not always loaded, with the condition."""
        loaded = {self.suite.module(name, near) for name, near in self.suite.loaded}
        named = (
            (self.suite.module(name, path), when)
            for path, file in self.suite.scanned.items()
            for name, when in (*((name, None) for name in file.plugins), *file.plugins_if)
        )
        return {path: either(whens) for path, whens in grouped(named).items() if path not in loaded}

    def has_a_place(self, file: TestFile) -> bool:
        """Whether it is known which tests see the file's fixtures: those of a conftest's folder, or of a test module."""
        return is_conftest(file.path) or self.suite.config(file.path).is_test_file(file.path)

    # ---- what a module and a class hold ------------------------------------------------------

    def held(self, path: str, name: str) -> list[tuple[str, Test]]:
        """The fixtures that an attribute of a module may be, by definition, import or alias: (file, definition)."""
        if (path, name) not in self._held:
            self._held[path, name] = []  # an alias of itself
            where, local = self.suite.reexported(path, name)
            found = [(where, t) for t in _left(self._own.get((where, local), ()))]
            for alias in self._aliases.get((where, local), ()):
                found += self._alias(where, alias)
            self._held[path, name] = found
        return self._held[path, name]

    @cached_property
    def _own(self) -> dict[tuple[str, str], list[Test]]:
        """The functions of each module by the name that it binds, fixtures or not."""
        tests = ((path, test) for path, file in self.files.items() for test in file.tests)
        return grouped(((path, test.name), test) for path, test in tests if not (test.owner or test.nested))

    @cached_property
    def _aliases(self) -> dict[tuple[str, str], list[Alias]]:
        aliases = ((path, alias) for path, file in self.files.items() for alias in file.aliases)
        return grouped(((path, alias.name), alias) for path, alias in aliases if alias.how != "partial")

    def _alias(self, path: str, alias: Alias) -> list[tuple[str, Test]]:
        """What `db = other` or `db = make_fixture()` is; nothing where it is no fixture."""
        where, name = self.suite.resolve(alias.source, path)
        if where in self.files and alias.how == "is":
            return self.held(where, name)
        made = where in self.files and name in self.files[where].factories
        unseen = where not in self.files and not alias.source.startswith(":")
        if alias.how == "call" and (made or (unseen and _FACTORIES.search(alias.source))):
            fixture = Fixture(name=alias.name, kind="other")
            test = Test(alias.name, alias.name, "", line=alias.line, is_async=False, fixture=fixture)
            return [(path, test)]
        return []

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every name under which some module holds what may be a fixture."""
        return frozenset(name for (_, name), tests in self._own.items() if _left(tests)) | {
            n for _, n in self._aliases
        }

    def _attributes(self, path: str) -> Iterator[tuple[str, str, Test]]:
        """Every fixture that a module holds: (attribute, file, definition), in the order in which pytest finds them."""
        file = self.files[path]
        names = {test.name for test in file.by_owner.get("", ()) if test.fixture is not None}
        names |= {test.name for test in file.tests if test.dead and test.fixture is not None and not test.owner}
        names |= {alias.name for alias in file.aliases}
        names |= {local for local, dotted in file.imports.items() if dotted.rpartition(".")[2] in self._words}
        for star in file.stars:
            if (module := self.suite.module(star, path)) in self.files:
                names |= {*self.suite.star_names(module)}
        for name in sorted(names):
            yield from ((name, where, test) for where, test in self.held(path, name))

    def _of_class(self, bases: Iterable[tuple[str, TestClass]], node: str) -> Iterator[Placed]:
        """The fixtures of a class and its bases that nothing nearer hides."""
        taken: set[str] = set()
        for path, each in bases:
            members = [t for t in self._methods.get((path, each.qualname), ()) if t.name not in taken]
            last = {id(t) for same in grouped((t.name, t) for t in members).values() for t in _left(same)}
            for test in members:
                if test.fixture is not None and id(test) in last:
                    yield self._known(test.fixture.name, path, test, _place(path, each.qualname, test), node)
            taken |= {t.name for t in members} | each.assigned

    @cached_property
    def _methods(self) -> dict[tuple[str, str], list[Test]]:
        """The functions of each class, those that no Python defines included."""
        tests = ((path, test) for path, file in self.files.items() for test in file.tests)
        return grouped(((path, test.owner), test) for path, test in tests if test.owner and not test.nested)

    def class_bindings(self, path: str, owner: str, name: str) -> list[NamePlace]:
        """Where a class itself defines a fixture of that name, hidden by a subclass or not."""
        mine = [t for t in self._methods.get((path, owner), ()) if t.fixture is not None and t.fixture.name == name]
        return [_place(path, owner, t) for t in mine]

    # ---- where fixtures are registered -------------------------------------------------------

    def home(self, path: str) -> str:
        """The node at which a module's fixtures are registered."""
        if path in self.plugins or path in self.assumed:
            return ""
        return f"{dirname(path)}/" if is_conftest(path) else path

    @remembered
    def at_node(self, node: str) -> Mapping[str, list[Placed]]:
        """What is registered at a node by name, the winner last."""
        return grouped((known.name, known) for known in self._registered(node))

    def _registered(self, node: str) -> Iterator[Placed]:
        path, *classes = node.split("::")
        if classes:
            owner = ".".join(classes)
            collected = [c.bases for c in self.suite.classes(path) if c.owner == owner]
            if not collected and (cls := self.suite.cls(path, owner)) is not None:
                collected = [tuple(self.suite.mro(path, cls)[0])]
            for bases in collected:
                yield from self._of_class(bases, node)
            return
        paths = [(f"{node}conftest.py" if node != "/" else "conftest.py") if node.endswith("/") else node]
        for each in (*self.plugins, *self.assumed) if not node else paths:
            if each not in self.files or self.home(each) != node:
                continue
            for attribute, where, test in self._attributes(each):
                if test.fixture is not None and test.fixture.explicit:
                    yield self._known(test.fixture.name, where, test, _place(where, "", test), node)
                else:
                    yield self._known(attribute, where, test, (each, "", attribute), node)

    def _known(self, name: str, path: str, test: Test, binding: NamePlace, node: str) -> Placed:
        """A fixture as it is registered, with the conditions of its definition and of the plugin that holds it."""
        when = both(self._loaded_when.get(path) if node == "" else None, test.when)
        return Placed(name, path, test, binding, node, when)

    @cached_property
    def nodes(self) -> dict[str, Mapping[str, list[Placed]]]:
        """All nodes where something is registered. A class that others inherit is none of its own unless collected."""
        nodes = dict.fromkeys(["", *map(self.home, self.files)])
        inherited: set[tuple[str, str]] = set()
        for path in self.files:
            for collected in self.suite.classes(path):
                nodes[collected.node] = None
                inherited |= {(where, cls.qualname) for where, cls in collected.bases}
        for (path, owner), members in self._methods.items():
            if (path, owner) not in inherited and any(t.fixture is not None for t in members):
                nodes[node_of(path, owner)] = None
        return {node: found for node in nodes if (found := self.at_node(node))}

    # ---- who imports a module ----------------------------------------------------------------

    @remembered
    def importers(self, path: str) -> frozenset[str]:
        """The scanned test files and conftests that a module is imported by, through others too."""
        return frozenset(p for p in self.importing([path]) if self.suite.is_test_file(p) or is_conftest(p))

    def importing(self, paths: Iterable[str]) -> set[str]:
        """The scanned files that one of some modules is imported by, through others too."""
        found: set[str] = set()
        stack = list(paths)
        while stack:
            new = self._imported_by.get(stack.pop(), set()) - found
            found |= new
            stack += new
        return found

    @cached_property
    def _imported_by(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for path, file in self.files.items():
            for dotted in (*file.stars, *file.imports.values()):
                target = self.suite.modules.split(dotted, path)
                if target and target[0] != path:
                    found.setdefault(target[0], set()).add(path)
        return found


def _left(tests: Sequence[Test]) -> list[Test]:
    """The fixtures among functions of one name that no later one surely replaces."""
    last = next((n for n in range(len(tests) - 1, 0, -1) if tests[n].when is None), 0)
    return [t for t in tests[last:] if t.fixture is not None]


def is_conftest(path: str) -> bool:
    return basename(path) == "conftest.py"


def _place(path: str, owner: str, test: Test) -> NamePlace:
    """Where a fixture has its name."""
    return path, owner, f"@{test.line}" if test.fixture is not None and test.fixture.explicit else test.name
