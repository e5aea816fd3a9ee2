"""Sibling modules that people wrote side by side, merged into one: what a proposed layout is compared with.

Three to ten modules of one folder, no top-level name twice; the order of each is kept, and they are interleaved by a
seed as far as what runs at import allows. Banners are left out: what a section holds does not survive that. Imports of
siblings go, names that were taken from them as modules are written bare.
"""

from __future__ import annotations

import ast
import random
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from codemods.engine.source import Source
from codemods.engine.values import Unreadable
from codemods.facts.moving.graph import Graph
from codemods.facts.moving.units import Outline, Unit

MODULES = range(3, 11)
LINES = range(600, 6001)  # of the merged module
SMALLEST = 40  # lines of one module
LARGEST = 1500


@dataclass(frozen=True)
class Merged:
    """One merged module, and where each of its definitions came from."""

    name: str
    text: str
    truth: dict[str, str]


@dataclass(eq=False)
class Module:
    """One module that may be merged."""

    path: str
    source: Source
    graph: Graph
    imports: dict[str, tuple[str, str, bool]] = field(
        default_factory=dict
    )  # local name → module, name, from a sibling

    @property
    def stem(self) -> str:
        return PurePosixPath(self.path).stem

    def kept(self) -> list[Unit]:
        groups = (u for g in self.graph.groups for u in g.units)
        return sorted(groups, key=lambda u: u.start)


def texts(archive: Path) -> dict[str, str]:
    """The Python files of a source distribution, but for its tests."""
    found = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            words = {w for part in path.parts for w in part.lower().replace(".", "_").split("_")}
            if path.suffix != ".py" or words & {"test", "tests", "testing", "docs", "examples", "vendor", "vendored"}:
                continue
            if member.isfile() and path.stem not in ("__init__", "__main__", "setup", "conftest"):
                data = tar.extractfile(member)
                assert data is not None
                try:
                    found[member.name] = data.read().decode()
                except UnicodeDecodeError:
                    continue
    return found


def _module(path: str, text: str) -> Module | None:
    if text.count("\n") not in range(SMALLEST, LARGEST) or "\r" in text or "\f" in text:
        return None
    try:
        source = Source(path, text.encode())
        graph = Graph(Outline(source))
        if len(graph.definitions) < 3 or graph.names.stars:
            return None
    except (Unreadable, RecursionError):
        return None
    module = Module(path=path, source=source, graph=graph)
    for unit in graph.imports:
        for node in ast.walk(unit.node):
            for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
                inner = f"{'.' * node.level}{node.module or ''}" if isinstance(node, ast.ImportFrom) else ""
                local = alias.asname or (alias.name if inner else alias.name.partition(".")[0])
                whole = alias.name if inner or alias.asname else alias.name.partition(".")[0]
                module.imports[local] = (inner, whole, False)
    return module


def _chosen(modules: Sequence[Module], most: int) -> list[Module]:
    """As many of them, in their order, as go into one module."""
    found: list[Module] = []
    bound: dict[str, str] = {}  # name → what it is
    lines = 0
    for module in modules:
        own = {n: f"{module.path}:{n}" for n in module.graph.definitions}
        for unit in module.kept():
            if len(unit.names) == 1 and _is_shared(unit.node):
                own[min(unit.names)] = module.source.segment(unit.node)
        meant = {local: f"{inner}:{name}" for local, (inner, name, _) in module.imports.items() if local not in own}
        given = {**own, **{k: v for k, v in meant.items() if not _sibling(v, [*found, module])}}
        size = module.source.text.count("\n")
        if any(bound.get(n, what) != what for n, what in given.items()) or lines + size not in range(LINES.stop):
            continue
        if any(m.imports.get(n) and not _sibling_of(m, n, module) for m in found for n in own if n in m.imports):
            continue
        found.append(module)
        bound |= given
        lines += size
        if len(found) == most:
            break
    return found


def _is_shared(node: ast.stmt) -> bool:
    """A logger or a type variable: each module makes its own, a merged one has one."""
    text = ast.unparse(node)
    return isinstance(node, ast.Assign) and any(w in text for w in ("getLogger(", "TypeVar(", "ParamSpec("))


def _sibling(meant: str, modules: Sequence[Module]) -> bool:
    inner, _, name = meant.partition(":")
    return any(inner.rpartition(".")[2] == m.stem or name == m.stem for m in modules)


def _sibling_of(module: Module, local: str, other: Module) -> bool:
    inner, name, _ = module.imports[local]
    return inner.rpartition(".")[2] == other.stem and name == local


def merge(name: str, modules: Sequence[Module], rng: random.Random) -> Merged | None:
    """One module of several, or nothing where that cannot be written."""
    stems = {m.stem for m in modules}
    rows: dict[str, None] = {}
    texts: list[list[tuple[str, frozenset[str], frozenset[str], Module]]] = []
    once: set[str] = set()
    truth: dict[str, str] = {}
    for module in modules:
        asis = {}  # what stands for a sibling module, or for something of it that is called otherwise here
        for local, (inner, whole, _) in module.imports.items():
            if (inner.rpartition(".")[2] in stems and inner.startswith(".")) or _is_own(inner, module, stems):
                if whole != local:
                    asis[local] = whole
            elif inner.startswith(".") and not inner.strip(".") and whole in stems:
                asis[local] = ""
            elif inner:
                rows[f"from {inner} import {whole}" + (f" as {local}" if local != whole else "")] = None
            else:
                rows[f"import {whole}" + (f" as {local}" if local != whole else "")] = None
        mine = []
        for unit in module.kept():
            text = _written(module, unit, asis)
            if len(unit.names) == 1 and _is_shared(unit.node):
                if (plain := module.source.segment(unit.node)) in once:
                    continue
                once.add(plain)
                mine.append((text, unit.names, frozenset(), module))
                continue
            eager = frozenset(module.graph.eager.get(unit, ()))
            mine.append((text, unit.names, eager, module))
            truth |= dict.fromkeys((n for n in unit.names if n in module.graph.home), module.stem)
        texts.append(mine)
    own = {n for mine in texts for _, names, _, _ in mine for n in names}
    body = _interleaved(texts, own, rng)
    rows = {r: None for r in rows if r.rpartition(" ")[2] not in own}
    text = "from __future__ import annotations\n" + "\n".join(sorted(r for r in rows if "__future__" not in r))
    text += "\n\n\n" + "\n\n".join(body)
    try:
        graph = Graph(Outline(Source("merged.py", text.encode())))
        defined = Counter(graph.definitions)
    except Unreadable:
        return None
    truth = {n: m for n, m in truth.items() if defined[n] == 1}
    few = min(Counter(truth.values()).values(), default=0) < 2
    return None if few or len({*truth.values()}) < MODULES.start else Merged(name, text, truth)


def _is_own(inner: str, module: Module, stems: set[str]) -> bool:
    """Whether an absolute import names a sibling."""
    head, _, last = inner.rpartition(".")
    return bool(head) and last in stems and "/".join(head.split(".")) in module.path.rpartition("/")[0]


def _written(module: Module, unit: Unit, asis: Mapping[str, str]) -> str:
    """The text of a statement in which siblings are no longer modules."""
    source = module.source
    edits = []
    for node in ast.walk(unit.node):
        root = node.value if isinstance(node, ast.Attribute) else node
        if isinstance(root, ast.Name) and root.id in asis and source.text[source.start(root) :].startswith(root.id):
            if isinstance(node, ast.Attribute) and not asis[root.id]:
                edits.append((source.start(node), source.end(node), node.attr))
            elif isinstance(node, ast.Name) and asis[root.id]:
                edits.append((source.start(node), source.end(node), asis[root.id]))
    text, at = "", unit.start
    for start, end, new in sorted(edits):
        text += source.text[at:start] + new
        at = end
    return text + source.text[at : unit.end]


def _interleaved(
    texts: list[list[tuple[str, frozenset[str], frozenset[str], Module]]], own: set[str], rng: random.Random
) -> Iterator[str]:
    rest = [list(mine) for mine in texts if mine]
    done: set[str] = set()
    while rest:
        ready = [mine for mine in rest if not (mine[0][2] & own) - done - mine[0][1]]
        mine = rng.choice(ready or rest)
        text, names, _, _ = mine.pop(0)
        done |= names
        yield text
        rest = [m for m in rest if m]


def cases(label: str, archive: Path, each: int = 3) -> Iterator[Merged]:
    """Merged modules of one distribution, drawn by its name: at most one of a folder."""
    rng = random.Random(f"layouts {label}")
    folders: dict[str, list[tuple[str, str]]] = {}
    for path, text in sorted(texts(archive).items()):
        folders.setdefault(path.rpartition("/")[0], []).append((path, text))
    order = sorted(folder for folder, files in folders.items() if len(files) >= MODULES.start)
    rng.shuffle(order)
    given = 0
    for folder in order:
        files = folders[folder]
        rng.shuffle(files)
        modules = [m for path, text in files[:40] if (m := _module(path, text)) is not None]
        chosen = _chosen(modules, rng.choice(MODULES))
        lines = sum(m.source.text.count("\n") for m in chosen)
        if len(chosen) in MODULES and lines in LINES:
            merged = merge(f"{label}/{folder.partition('/')[2]}", chosen, rng)
            if merged is not None:
                yield merged
                given += 1
        if given == each:
            return
