"""Which further files must be read, now that some are: plugins, base classes, imported fixtures, captured tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..base import Project
from ..facts.fixture_graph import Graph
from ..facts.fixtures import Fixture, Function
from .capture import relevant
from .locate import File


def follow(files: Mapping[str, File], project: Project, old: str, new: str) -> set[str]:
    """Paths whose facts can still matter; those that were read already may be among them."""
    graph = Graph({p: f.module for p, f in files.items()}, project)
    return {*_loaded(graph), *_endangered(graph, old, new)} - files.keys()


def _loaded(graph: Graph) -> Iterator[str]:
    """Modules that the scanned ones load fixtures, tests or base classes from."""
    yield from graph.plugins
    for path, module in graph.modules.items():
        for star in module.stars:
            if target := graph.names.path(star, path):
                yield target
        whole = graph.is_conftest(path) or path in graph.plugins
        if not (whole or graph.is_test_file(path)):
            continue
        requests: list[Function | Fixture] = [*module.functions, *module.fixtures]
        asked = {name for each in requests for name in each.requests}
        bases = {base for cls in module.classes for base in cls.bases if not base.startswith(":")}
        for local, (source, name) in module.imports.items():
            if name and (whole or local in asked or local[:4] in ("test", "Test")):
                yield from _chase(graph, path, source, name)
        for base in bases:
            source, _, name = base.rpartition(".")
            yield from _chase(graph, path, source or ".", name)


def _chase(graph: Graph, near: str, source: str, name: str) -> Iterator[str]:
    """The modules that a name is handed on by, up to the first that was not read."""
    for _ in range(8):
        target = graph.names.path(source, near)
        if target is None:
            return
        yield target
        module = graph.modules.get(target)
        if module is None or name not in module.imports:
            return
        source, name = module.imports[name]
        near = target


def _endangered(graph: Graph, old: str, new: str) -> Iterator[str]:
    """Test files whose tests may reach OLD or NEW through other fixtures where both are seen."""
    nodes = {name: {n for n, found in graph.nodes.items() if name in found} for name in (old, new)}
    if not all(nodes.values()) or not _reached(graph, old, new):
        return
    lower = {max(a, b, key=len) for a in nodes[old] for b in nodes[new] if _nested(a, b)}
    folders = tuple("" if node in ("", "/") else node for node in lower if node == "" or node.endswith("/"))
    for path in graph.project.paths:
        if any(path.startswith(folder) for folder in folders) and graph.is_test_file(path):
            yield path


def _reached(graph: Graph, old: str, new: str) -> bool:
    """Whether a test that names neither may still get one: through a fixture, or without asking."""
    names = relevant(graph, (old, new))
    registered = (known for found in graph.nodes.values() for name in names for known in found.get(name, ()))
    marks = {name for config in graph.configs.found.values() for name in config.usefixtures}
    return not names <= {old, new} or bool(names & marks) or any(known.fixture.autouse for known in registered)


def _nested(a: str, b: str) -> bool:
    first, second = sorted(("" if n == "/" else n for n in (a, b)), key=len)
    return second.startswith(first)
