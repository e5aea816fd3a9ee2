"""Where a project's own modules lie: what must come from the worktree, whatever is installed."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from codemods.engine.known import Project
from codemods.engine.world import CONFIG_FILES, matches_glob
from codemods.facts.modules import Modules

from ..git import Repository

_LARGEST = 1_000_000  # bytes of a configuration file
_ASIDE = {"docs", "doc", "examples", "example", "scripts", "tools", "build", "dist", "benchmarks", "setup", "conftest", "noxfile"}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """The project at one commit."""

    project: Project

    @cached_property
    def modules(self) -> Modules:
        return Modules(self.project)

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The folders that stand on `sys.path` when the project is installed: those that it declares, else its own."""
        found: dict[str, None] = {}
        for project in self.modules.projects:
            for root in self.modules.declared(project) or (project,):
                if any(_is_below(path, root) for path in self.project.paths):
                    found[root] = None
        return tuple(found)

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """The top-level modules and packages below the roots, each with the roots that have it.

        What is called as a module of the standard library is left out: there it can only be meant in the project's
        own folder.
        """
        found: dict[str, dict[str, None]] = {}
        for path in self.project.paths:
            for root in self.roots:
                if _is_below(path, root):
                    name = path[len(root) + 1 if root else 0 :].partition("/")[0].partition(".")[0]
                    if name.isidentifier() and name not in sys.stdlib_module_names and name not in _ASIDE:
                        found.setdefault(name, {})[root] = None
        return {name: tuple(roots) for name, roots in found.items()}

    @cached_property
    def path_roots(self) -> tuple[str, ...]:
        """The roots that may stand in front of everything: one with a module like one of the standard library may not."""
        shadowing = {
            root
            for path in self.project.paths
            for root in self.roots
            if _is_below(path, root)
            and (first := path[len(root) + 1 if root else 0 :].partition("/"))[0].partition(".")[0]
            in sys.stdlib_module_names
            and (not first[1] or f"{root + '/' if root else ''}{first[0]}/__init__.py" in self._paths)
        }
        return tuple(root for root in self.roots if root not in shadowing)

    @cached_property
    def _paths(self) -> Collection[str]:
        return frozenset(self.project.paths)

    def is_ours(self, dotted: str) -> bool:
        """Whether a dotted name is that of a module below the roots."""
        return dotted in self._dotted

    @cached_property
    def _dotted(self) -> frozenset[str]:
        found = set()
        for path in self.project.paths:
            for root in self.roots:
                if path.endswith(".py") and _is_below(path, root):
                    inner = path[len(root) + 1 if root else 0 : -3].removesuffix("/__init__")
                    found.add(inner.replace("/", "."))
        return frozenset(found)

    def is_test(self, path: str) -> bool:
        """Whether pytest would look into a file."""
        return self.modules.pytest.for_path(path).is_test_file(path)


def layout_of(repository: Repository, commit: str, source_roots: tuple[str, ...] = ()) -> Layout:
    """The layout of a commit, from its file names and its configuration files."""
    tree = {path: entry for path, entry in repository.tree(commit).items() if entry.mode.startswith("100")}
    told = {path: entry.oid for path, entry in tree.items() if matches_glob(path, CONFIG_FILES)}
    blobs = repository.read(told.values(), _LARGEST)
    texts = {path: blobs[oid].decode("utf-8", "replace") for path, oid in told.items() if len(blobs[oid]) <= _LARGEST}
    paths = tuple(path for path in tree if path.endswith((".py", ".pyi")))
    return Layout(project=Project(paths=paths, texts=texts, source_roots=source_roots))


def _is_below(path: str, root: str) -> bool:
    return not root or path.startswith(f"{root}/")
