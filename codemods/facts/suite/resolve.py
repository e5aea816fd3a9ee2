"""Which fixture a name means for a test, as pytest resolves it, and what may fill a parameter that no fixture seen fills.

A test sees the fixtures of the nodes on its chain (`nodes.py`); of several definitions the nearest one wins, and one
that requests its own name gets the next one farther away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname

from ...engine.conditions import decide, either
from ...engine.remember import remembered
from .collect import Collection, Item, chain, node_of
from .nodes import Placed, Registered
from .plugins import PLUGINS, providers
from .tests import Test, TestClass, TestFile

_KNOWN = frozenset(p.replace("-", "_").removeprefix("pytest_") for p in PLUGINS)


@dataclass(frozen=True)
class Suite(Collection):
    """The project's tests and fixtures."""

    @cached_property
    def fixtures(self) -> Fixtures:
        return Fixtures(self)


class Fixtures(Registered):
    """The fixtures of one suite."""

    # ---- what a name means -------------------------------------------------------------------

    def visible(self, name: str, nodes: Sequence[str]) -> list[Placed]:
        """What a name may mean on a chain of nodes, the nearest first: that one is meant."""
        return [known for node in reversed(nodes) for known in reversed(self.at_node(node).get(name, ()))]

    def of(self, item: Item, name: str, beyond: Test | None = None) -> list[tuple[str, Test]]:
        """The fixture that a request for `name` resolves to: (file, function). Several where conditions decide which
        one it is, the likeliest first. With `beyond` only what is farther away than that one."""
        return self._meant(item.chain, name, beyond)

    def at(
        self, path: str, cls: tuple[str, TestClass] | None, name: str, beyond: Test | None = None
    ) -> list[tuple[str, Test]]:
        """The same for whatever a file, and a class in it, asks for."""
        return self._meant(chain(node_of(path, cls[1].qualname if cls else "")), name, beyond)

    def _meant(self, nodes: Sequence[str], name: str, beyond: Test | None) -> list[tuple[str, Test]]:
        found: list[Placed] = []
        seen = self.visible(name, nodes)
        start = next((n for n, known in enumerate(seen, 1) if known.test is beyond), 0)
        for known in seen[start:]:
            if not known.test.dead:
                found.append(known)
                if decide(either(k.when for k in found), self.suite.pythons(known.path)):
                    break
        return [(known.path, known.test) for known in found]

    def is_sure(self, item: Item, name: str) -> bool:
        """Whether the name means a fixture of the project on every run."""
        whens = [t.when for _, t in self.of(item, name)]
        return bool(whens) and decide(either(whens), self.suite.pythons(item.path)) is True

    def autouse(self, item: Item) -> list[str]:
        """The names that a test gets without asking."""
        return [name for node in item.chain for name in self._autouse(node)]

    @remembered
    def _autouse(self, node: str) -> list[str]:
        return [k.name for found in self.at_node(node).values() for k in found if k.test.autouse and not k.test.dead]

    def closure(self, item: Item, names: Iterable[str] | None = None) -> Iterator[tuple[str, Test]]:
        """The fixtures that a test uses, directly or through others: for all that it gets, or for the names given."""
        seen: set[tuple[str, int]] = set()
        start = [*self.autouse(item), *item.requests] if names is None else names
        todo: list[tuple[str, Test | None]] = [(n, None) for n in start]
        while todo:
            name, asker = todo.pop()
            beyond = asker if asker is not None and asker.fixture is not None and asker.fixture.name == name else None
            for where, test in self.of(item, name, beyond) if name not in item.direct else ():
                if (where, test.line) not in seen:
                    seen.add((where, test.line))
                    yield where, test
                    todo += [(n, test) for n in (*test.params, *test.asks)]

    @remembered
    def relevant(self, *names: str) -> frozenset[str]:
        """The fixture names whose closure may hold one of some names, by name alone."""
        askers: dict[str, set[str]] = {}
        for known in (k for registered in self.nodes.values() for found in registered.values() for k in found):
            for request in known.test.requests:
                askers.setdefault(request, set()).add(known.name)
        reached = dict.fromkeys(names)
        for name in (todo := list(reached)):
            new = askers.get(name, set()) - reached.keys()
            reached |= dict.fromkeys(new)
            todo += new
        return frozenset(reached)

    # ---- what may fill a parameter -----------------------------------------------------------

    def filler(self, item: Item, name: str) -> str | None:
        """What may fill a parameter: None when nothing does, "" for something known (a fixture, an import, a mark,
        a hook), and otherwise the plugin that nobody knows and that may bring a fixture of any name."""
        if self.of(item, name) or self._by_plugin(name) or any(m.may_fill(name) for m in item.marks):
            return ""
        near = (self.files.get(item.path), *self.suite.conftests(item.path), *map(self.files.get, self.plugins))
        files = [f for f in near if f is not None]
        if self._is_generated(item, files, name):
            return ""
        functions = [t for f in files for t in f.tests if not t.owner and t.name == name]
        plain = any(t.fixture or not t.decorators for t in functions)  # a fixture of this name was looked for
        if any((name in f.bound and not plain) or name in f.imports for f in files):
            return ""
        if any(name in f.providers for f in self.files.values() if not self.has_a_place(f)):
            return ""  # a fixture of a module that is loaded in a way not seen here
        stars = (f"{star} (import *)" for f in files for star in f.stars if not self.suite.module(star, f.path))
        return next(iter((*stars, *self._strangers)), None)

    @cached_property
    def _strangers(self) -> tuple[str, ...]:
        """Plugins that nobody knows, and that so may bring a fixture of any name."""
        found = set(self.suite.configs.unknown)
        for name, near in self.named:
            top = name.partition(".")[0]
            builtin = top in ("_pytest", "pytester")
            if not (self.suite.module(name, near) or builtin or top.removeprefix("pytest_") in _KNOWN):
                found.add(name)
        return tuple(sorted(found))

    def plugin_of(self, name: str, path: str) -> str:
        """The plugin that defines a fixture of that name, or requests it, for tests in or below a file's folder; ""
        where none does."""
        here = dirname(path)
        for plugin in providers(name, asked=True):
            folders = self.suite.configs.mentioned.get(plugin, ())
            used = (*folders, *self._django) if plugin == "pytest-django" else folders
            if plugin == "pytest" or any(_related(folder, here) for folder in used):
                return plugin
        return ""

    @cached_property
    def _django(self) -> frozenset[str]:
        """The folders of files that use pytest-django, required or not."""
        marked = {f.path for f in self.files.values() if any(m.name == "django_db" for m in f.all_marks)}
        given = {f.path for f in self.files.values() if any("pytest_django" in d for d in f.imports.values())}
        return frozenset(map(dirname, marked | given))

    def _by_plugin(self, name: str) -> bool:
        """Whether pytest or a known plugin of the project gives the fixture; any plugin where none is listed."""
        configs = self.suite.configs
        here = ("pytest", "anyio", "pytest-asyncio", *configs.mentions)
        return bool(providers(name, here if configs.lists_pytest else PLUGINS))

    def _is_generated(self, item: Item, files: Iterable[TestFile], name: str) -> bool:
        """Whether a hook parametrizes tests with the name, or with names that it computes."""
        classes = self.suite.mro(*item.cls)[0] if item.cls else []
        hooks = [t for where, cls in classes for t in self.files[where].by_owner.get(cls.qualname, ())]
        hooks += [t for f in files for t in f.by_owner.get("", ())]
        filled = [n for t in hooks for n in t.fills]
        return name in filled or "*" in filled or any("pytest_generate_tests" in f.imports for f in files)


def _related(a: str, b: str) -> bool:
    """Whether one folder is, or is around, the other."""
    return not a or not b or a == b or a.startswith(f"{b}/") or b.startswith(f"{a}/")
