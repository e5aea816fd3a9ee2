"""Which further files must be read, now that some are: plugins, base classes, imported fixtures, captured tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..engine.known import Known, Wants
from ..facts.suite.definitions import Fixture, Function
from ..facts.suite.resolve import Graph
from ..facts.suite.tests import Mark
from .capture import relevant
from .locate import File


def wants(known: Known, old: str, new: str) -> Wants:
    """Paths whose facts can still matter, and words by which other files may hold tests that ask for one of the names."""
    graph = Graph({p: f.module for p, f in known.facts.items()}, known.project)
    paths = {*_loaded(graph), *_endangered(graph, known.facts, old, new)} - {""}
    return Wants(paths=paths, words=_words(graph, known.facts, old, new))


def _words(graph: Graph, files: Mapping[str, File], old: str, new: str) -> set[str]:
    """Words for what tests elsewhere may have from here: a base class, a test, a mark."""
    found = {(path, name.partition(".")[0]) for path in graph.modules for name in _asking(graph, path, {old, new})}
    found |= {(path, name) for path, file in files.items() for _, name in file.held}
    words = {name for _, name in found}
    for path, module in graph.modules.items():
        imports = {local: dotted for local, dotted in module.tests.imports.items() if local not in words}
        words |= {local for local, dotted in imports.items() if graph.suite.resolve(dotted, path) in found}
    return words | {_stem(path) for path in _helpers(graph, files)}


def _helpers(graph: Graph, files: Mapping[str, File]) -> set[str]:
    """Modules that ask for fixtures on behalf of tests, or for their names, and those that hand them on."""
    found = {p for p, f in files.items() if f.computed or f.told or any(s.kind in ("text", "hook") for s in f.sites)}
    stack = list(found)
    while stack:
        new = graph.imported_by.get(stack.pop(), set()) - found
        found |= new
        stack += new
    return {p for p in found if p.endswith(".py") and not (graph.is_test_file(p) or graph.is_conftest(p))}


def _stem(path: str) -> str:
    """The word by which a module is imported."""
    return path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]


def _asking(graph: Graph, path: str, names: set[str]) -> Iterator[str]:
    """What stands for a request of one of the names in a module, and may be used by another."""
    module = graph.modules[path]
    members: list[Function | Fixture] = [*module.functions, *module.fixtures]
    asking = [each for each in members if names & {each.name, *each.requests}]
    yield from (each.owner for each in asking if each.owner)
    if not graph.is_test_file(path):
        yield from (each.name for each in asking if isinstance(each, Function) and not each.owner)
    yield from (c.qualname for c in module.tests.classes if _asks(graph.suite.expand(path, c.marks), names))
    for name in {**module.tests.mark_aliases, **module.tests.handed}:
        if _asks(graph.suite.expand(path, module.tests.marks_called(name)), names):
            yield name


def _asks(marks: Iterable[Mark], names: set[str]) -> bool:
    return any(m.name == "usefixtures" and names & {*m.names} for m in marks)


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
        tests = module.tests
        marks = {m.name[1:] for m in tests.all_marks if m.name[0] == "@"}
        marks |= {d for test in tests.tests for d in test.decorators} | {
            d for c in tests.classes for d in c.decorators
        }
        bases = {base for cls in tests.classes for base in cls.bases if not base.startswith(":")}
        for local, (source, name) in module.imports.items():
            if name and (whole or local in asked or local[:4] in ("test", "Test")):
                yield from _chase(graph, path, source, name)
        for dotted in (*bases, *(m for m in marks if "." in m)):
            yield graph.suite.resolve(dotted, path)[0]


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


def _endangered(graph: Graph, files: Mapping[str, File], old: str, new: str) -> Iterator[str]:
    """Test files whose tests may reach OLD or NEW without naming it, where both are seen."""
    nodes = {name: {n for n, found in graph.nodes.items() if name in found} for name in (old, new)}
    if not all(nodes.values()) or not (_reached(graph, old, new) or _handed(graph, files, old, new)):
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


def _handed(graph: Graph, files: Mapping[str, File], old: str, new: str) -> bool:
    """Whether a file asks for OLD or NEW on behalf of tests elsewhere: by a mark under a name, or in a helper."""
    tests = (m.tests for m in graph.modules.values())
    if _asks((m for t in tests for f in (t.mark_aliases, t.handed) for ms in f.values() for m in ms), {old, new}):
        return True
    return any(s.kind in ("text", "hook") for p, f in files.items() if not graph.is_test_file(p) for s in f.sites)


def _nested(a: str, b: str) -> bool:
    first, second = sorted(("" if n == "/" else n for n in (a, b)), key=len)
    return second.startswith(first)
