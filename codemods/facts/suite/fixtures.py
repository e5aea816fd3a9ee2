"""Which fixture a test of the suite gets for a name, and what may fill a parameter that no fixture seen here fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from posixpath import basename
from typing import TYPE_CHECKING

from ...engine.conditions import decide, either
from .plugins import PLUGINS, providers
from .tests import Test, TestClass, TestFile

if TYPE_CHECKING:
    from .collect import Item, Suite

_KNOWN = frozenset(p.replace("-", "_").removeprefix("pytest_") for p in PLUGINS)


class Fixtures:
    """The fixtures of one suite."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self.files = suite.files

    # ---- what is loaded for all tests --------------------------------------------------------

    @cached_property
    def _named(self) -> list[tuple[str, str]]:
        """What `pytest_plugins`, `-p` or an entry point loads, each with the file that says so."""
        return [*((p, f.path) for f in self.files.values() for p in f.plugins), *self.suite.loaded]

    @cached_property
    def _plugins(self) -> list[TestFile]:
        found = [where for name, near in self._named if (where := self.suite.module(name, near)) in self.files]
        return [self.files[where] for where in dict.fromkeys(found)]

    @cached_property
    def plugin_paths(self) -> frozenset[str]:
        """The project's modules that are loaded as plugins."""
        return frozenset(f.path for f in self._plugins)

    @cached_property
    def _strangers(self) -> tuple[str, ...]:
        """Plugins that nobody knows, and that so may bring a fixture of any name."""
        found = set(self.suite.configs.unknown)
        for name, near in self._named:
            top = name.partition(".")[0]
            builtin = top in ("_pytest", "pytester")
            if not (self.suite.module(name, near) or builtin or top.removeprefix("pytest_") in _KNOWN):
                found.add(name)
        return tuple(sorted(found))

    # ---- what a name means -------------------------------------------------------------------

    def of(self, item: Item, name: str, beyond: Test | None = None) -> list[tuple[str, Test]]:
        """The fixture that a request for `name` resolves to: (file, function). Several where conditions decide which
        one it is, the likeliest first. `beyond` itself does not count."""
        return self.at(item.path, item.cls, name, beyond)

    def at(
        self, path: str, cls: tuple[str, TestClass] | None, name: str, beyond: Test | None = None
    ) -> list[tuple[str, Test]]:
        """The same for whatever a file, and a class that it collects, asks for."""
        found: list[tuple[str, Test]] = []
        for where, test in self.visible(path, cls, name):
            if test is not beyond:
                found.append((where, test))
                if decide(either(t.when for _, t in found), self.suite.pythons(where)):
                    break
        return found

    def is_sure(self, item: Item, name: str) -> bool:
        """Whether the name means a fixture of the project on every run."""
        whens = [t.when for _, t in self.of(item, name)]
        return bool(whens) and decide(either(whens), self.suite.pythons(item.path)) is True

    def visible(self, path: str, cls: tuple[str, TestClass] | None, name: str) -> Iterator[tuple[str, Test]]:
        """Every fixture of that name which a file, and a class that it collects, can see; nearest first."""
        for where, each in self._classes(cls) if cls else ():
            for test in self.files[where].providers.get(name, ()):
                if test.owner == each.qualname:
                    yield where, test
        module = self.files.get(path)
        conftests = [c for c in self.suite.conftests(path) if c is not module]
        for file in [*([module] if module else []), *conftests, *self._plugins]:
            for test in file.providers.get(name, ()):
                if not test.owner and not test.nested:
                    yield file.path, test
            sources = [file.imports[name]] if name in file.imports else [f"{s}.{name}" for s in file.stars]
            for dotted in sources:
                where, local = self.suite.resolve(dotted, file.path)
                for test in self.files[where].tests if where in self.files else ():
                    if test.qualname == local and test.fixture is not None:
                        yield where, test

    def _classes(self, cls: tuple[str, TestClass]) -> Iterator[tuple[str, TestClass]]:
        """The classes whose fixtures a class's tests see: itself and its bases, then those around it and theirs."""
        parts = cls[1].qualname.split(".")
        outer = (self.suite.cls(cls[0], ".".join(parts[:n])) for n in range(len(parts) - 1, 0, -1))
        for each in (cls[1], *outer):
            yield from self.suite.mro(cls[0], each)[0] if each is not None else ()

    def closure(self, item: Item, names: Iterable[str] | None = None) -> Iterator[tuple[str, Test]]:
        """The fixtures that a test uses, directly or through others: for the names that it requests, or those given."""
        seen: set[tuple[str, int]] = set()
        todo: list[tuple[str, Test | None]] = [(n, None) for n in (item.requests if names is None else names)]
        while todo:
            name, asker = todo.pop()
            beyond = asker if asker is not None and asker.fixture is not None and asker.fixture.name == name else None
            for where, test in self.of(item, name, beyond):
                if (where, test.line) not in seen:
                    seen.add((where, test.line))
                    yield where, test
                    todo += [(n, test) for n in (*test.params, *test.asks)]

    # ---- what may fill a parameter -----------------------------------------------------------

    def filler(self, item: Item, name: str) -> str | None:
        """What may fill a parameter: None when nothing does, "" for something known (a fixture, an import, a mark,
        a hook), and otherwise the plugin that nobody knows and that may bring a fixture of any name."""
        if self.of(item, name) or self._by_plugin(name) or any(m.may_fill(name) for m in item.marks):
            return ""
        files = [f for f in (self.files.get(item.path), *self.suite.conftests(item.path), *self._plugins) if f]
        if self._is_generated(item, files, name):
            return ""
        functions = [t for f in files for t in f.tests if not t.owner and t.name == name]
        plain = any(t.fixture or not t.decorators for t in functions)  # a fixture of this name was looked for
        if any((name in f.bound and not plain) or name in f.imports for f in files):
            return ""
        if any(name in f.providers for f in self.files.values() if not self._has_a_place(f)):
            return ""  # a fixture of a module that is loaded in a way not seen here
        stars = (f"{star} (import *)" for f in files for star in f.stars if not self.suite.module(star, f.path))
        return next(iter((*stars, *self._strangers)), None)

    def _by_plugin(self, name: str) -> bool:
        """Whether pytest or a known plugin of the project gives the fixture; any plugin where none is listed."""
        configs = self.suite.configs
        here = ("pytest", "anyio", "pytest-asyncio", *configs.mentions)
        return bool(providers(name, here if configs.lists_pytest else PLUGINS))

    def _has_a_place(self, file: TestFile) -> bool:
        """Whether it is known which tests see the file's fixtures: those of a conftest's folder, or of a test module."""
        return basename(file.path) == "conftest.py" or self.suite.config(file.path).is_test_file(file.path)

    def _is_generated(self, item: Item, files: Iterable[TestFile], name: str) -> bool:
        """Whether a hook parametrizes tests with the name, or with names that it computes."""
        classes = self.suite.mro(*item.cls)[0] if item.cls else []
        hooks = [t for where, cls in classes for t in self.files[where].by_owner.get(cls.qualname, ())]
        hooks += [t for f in files for t in f.by_owner.get("", ())]
        filled = [n for t in hooks for n in t.fills]
        return name in filled or "*" in filled or any("pytest_generate_tests" in f.imports for f in files)
