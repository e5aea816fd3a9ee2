"""What a name means, asked of us and of mypy: 200 names of each of three projects, drawn with a fixed seed.

`names` says what a name means in its file, `exports` where that is defined over the files; mypy says the full name of
what each expression refers to. Ours may be the same or unknown, never another. Run by `run.py --names [--all]`.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mypy import build
from mypy.modulefinder import BuildSource
from mypy.nodes import GDEF, MemberExpr, NameExpr, Node, Var
from mypy.options import Options
from sdists import CACHE, Sdist, unpack

from codemods.engine.known import Project
from codemods.engine.names import Names
from codemods.engine.source import Source
from codemods.engine.tables import table
from codemods.facts.exports import Exports, Found
from codemods.facts.modules import Modules

PROJECTS = (
    (Sdist("flask", "2.2.5", "edee9b0a7ff26621bd5a8c10ff484ae28737a2410d99b0bb9a6850c7fb977aa0"), "src"),
    (Sdist("httpx", "0.28.1", "75e98c5f16b0f35b567856f597f06ff2270a374470a5c2392242528e3e3e42fc"), "."),
    (Sdist("rich", "15.0.0", "edd07a4824c6b40189fb7ac9bc4c52536e9780fbbfbddf6f1e2502c31b068c36"), "."),
)
SEED = 11
Span = tuple[int, int, int, int]


@dataclass(frozen=True)
class Asked:
    """One expression of a file, and what mypy says that it refers to."""

    path: str
    span: Span
    told: str


def _below(root: object) -> Iterator[Node]:
    """The nodes of a tree of mypy's, which is compiled: its own visitors cannot be derived from."""
    stack, seen = [root], set()
    while stack:
        node = stack.pop()
        if isinstance(node, list | tuple):
            stack += node
        elif isinstance(node, Node) and id(node) not in seen:
            seen.add(id(node))
            yield node
            stack += [getattr(node, name, None) for name in dir(node) if name[0] != "_" and name not in _ASIDE]


# what leads from a node to other definitions, and what is no part of the text
_ASIDE = {
    "node",
    "info",
    "type",
    "original_def",
    "var",
    "unanalyzed_items",
    "names",
    "expanded",
    "analyzed",
    "setter",
}


def _spans(tree: ast.Module) -> Iterator[tuple[Span, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            yield (node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0), node


class Oracle:
    """One project."""

    def __init__(self, top: Path, root: str) -> None:
        self.top = top
        self.files = {
            path.relative_to(top).as_posix(): Source(path.relative_to(top).as_posix(), path.read_bytes())
            for path in sorted((top / root).rglob("*.py"))
            if (path.parent / "__init__.py").exists() and "tests" not in path.parts and path.stem.isidentifier()
        }
        texts = {
            p.name: p.read_text() for p in top.iterdir() if p.name in ("pyproject.toml", "setup.cfg", "setup.py")
        }
        self.modules = Modules(Project(paths=tuple(self.files), texts=texts))
        self.exports = Exports({path: table(file) for path, file in self.files.items()}, self.modules)
        self.names = {path: Names(file) for path, file in self.files.items()}
        self.nodes = {path: dict(_spans(file.tree)) for path, file in self.files.items()}
        self.own = {str(self.modules.name(path)).partition(".")[0] for path in self.files}

    def mypy(self) -> Iterator[Asked]:
        """All that mypy resolves."""
        options = Options()
        options.preserve_asts = options.ignore_missing_imports = options.check_untyped_defs = True
        options.incremental = False
        options.export_types = True
        options.cache_dir = str(CACHE / "mypy")
        sources = [BuildSource(str(self.top / path), self.modules.name(path)) for path in self.files]
        result = build.build(sources, options)
        for path in self.files:
            for node in _below(result.graph[str(self.modules.name(path))].tree):
                if isinstance(node, NameExpr | MemberExpr) and node.kind == GDEF and node.fullname:
                    if isinstance(node.node, Var) and node.node.is_suppressed_import:
                        continue  # of a package that is not installed
                    span = node.line, node.column, node.end_line or 0, node.end_column or 0
                    if span in self.nodes[path]:  # no None, no True
                        yield Asked(path=path, span=span, told=node.fullname)

    def ours(self, asked: Asked) -> str:
        """The full name of the definition; "" for unknown."""
        meaning = self.names[asked.path].meaning(self.nodes[asked.path][asked.span])
        if not meaning or meaning.startswith("builtins."):
            return meaning
        if meaning.startswith(":"):
            found = self.exports.gives(asked.path, meaning[1:])
        else:
            found = self.exports.find(meaning, asked.path)
        return self._full(found[0]) if len(found) == 1 else ""

    def _full(self, found: Found) -> str:
        match found.kind:
            case "variable" if "." in found.name:
                return ""  # what an object has, for which mypy has no full name
            case "definition" | "variable":
                return f"{self.modules.name(found.path)}.{found.name}"
            case "module":
                return str(self.modules.name(found.path))
            case "outside":
                return found.name
        return ""

    def _assigned(self, dotted: str) -> str:
        """What a variable of a module of the project names; "" where it names nothing."""
        path, name = self.modules.split(dotted) or ("", "")
        bindings = self.names[path].module.names.get(name, []) if path in self.names else []
        if [b.kind for b in bindings] != ["value"]:
            return ""
        found = self.exports.gives(path, name)
        return self._full(found[0]) if len(found) == 1 else ""

    def same(self, ours: str, told: str) -> bool:
        """Whether two full names are one definition: outside of the project Python itself says what it is, and an
        assignment at which mypy stops (`COORD = wintypes._COORD`) is followed."""
        if ours == told or ours == self._assigned(told):
            return True
        if ours.partition(".")[0] in self.own or told.partition(".")[0] in self.own:
            return False
        one, other = _object(ours), _object(told)
        return (one is not None and one is other) or ours.rpartition(".")[2] == told.rpartition(".")[2]


def _object(dotted: str) -> object:
    module, rest = dotted, ""
    while module:
        with contextlib.suppress(Exception):
            found: object = importlib.import_module(module)
            for name in filter(None, rest.split(".")):
                found = getattr(found, name)
            return found
        module, _, last = module.rpartition(".")
        rest = f"{last}.{rest}" if rest else last
    return None


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every name instead of 200 of each project")
    chosen = parser.parse_args(arguments)
    wrong = 0
    for sdist, root in PROJECTS:
        folder = CACHE / "names" / sdist.label
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            unpack(sdist, folder)
        oracle = Oracle(folder, root)
        every = sorted(set(oracle.mypy()), key=lambda a: (a.path, a.span, a.told))
        drawn = every if chosen.all else random.Random(SEED).sample(every, min(200, len(every)))
        count: Counter[str] = Counter()
        for asked in drawn:
            ours = oracle.ours(asked)
            ends = "unknown" if not ours else "same" if oracle.same(ours, asked.told) else "another"
            count[ends] += 1
            if ends == "another":
                print(f"  {asked.path}:{asked.span[0]}: {ours}, mypy says {asked.told}")
        wrong += count["another"]
        print(f"{sdist.label}: {len(drawn)} of {len(every)} names: {dict(count)}", flush=True)
    return bool(wrong)
