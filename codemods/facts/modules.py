"""Path → dotted name and back, decided once for all codemods, from file names and build metadata alone.

A file's name follows from the folder that stands on `sys.path`. That folder is, in this order: a
`source_roots` entry; a folder that build metadata (`package-dir`, `where`, `from`, …), pytest's
`pythonpath` or the `src/` convention declares; the folder above the outermost package; for a file
in no package, pytest's import mode says it for tests, and anything else may go by several names.
Looking a dotted name up is more generous: `tests.helpers` and `helpers` both find
`tests/helpers.py` where both can work, and a name that two files answer to finds neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from posixpath import basename, dirname, join, normpath
from typing import Any

from ..engine.documents import read_metadata
from ..engine.known import Project
from ..engine.python import value_under
from ..engine.remember import remembered
from .suite.config import Configs, configs

_METADATA = ("pyproject.toml", "setup.cfg", "setup.py")
_FIRST = re.compile(r"\w+")
_SETUP_ROOT = re.compile(
    r"""(?:package_dir\s*=\s*\{\s*["']{2}\s*:|find(?:_namespace)?_packages\(\s*(?:where\s*=)?)\s*["']([^"']+)["']"""
)
_SETUP_PLUGINS = re.compile(r"""pytest11["']?\s*[:=]\s*\[?([^\]]*)""")
_ROOTS = (
    ("tool", "setuptools", "package-dir", ""),
    ("tool", "setuptools", "packages", "find", "where"),
    ("tool", "pdm", "build", "package-dir"),
    ("tool", "uv", "build-backend", "module-root"),
    ("tool", "maturin", "python-source"),
    ("tool", "hatch", "build", "targets", "wheel", "sources"),
)
_ENTRY = re.compile(r"=\s*([\w.]+)")


class Modules:
    """The dotted names of one project's files."""

    def __init__(self, project: Project, pytest: Configs | None = None) -> None:
        self._paths = frozenset(project.paths)
        self.project = project
        self.pytest = pytest or configs(project)
        self._explicit = tuple(_clean("", r) for r in project.source_roots)
        self._metadata = {p: t for p, t in project.texts.items() if basename(p) in _METADATA}

    # ---- path → name -----------------------------------------------------------------------

    def name(self, path: str) -> str | None:
        """The file's dotted name; None where it may go by several (report C011) or by none."""
        names = self.names(path)
        return names[0] if len(names) == 1 else None

    def names(self, path: str) -> tuple[str, ...]:
        """Every dotted name that the file may be imported by, the likeliest first."""
        found = dict.fromkeys(n for root in self._roots_of(path) if (n := _relative(path, root)))
        return tuple(found)

    def _roots_of(self, path: str) -> tuple[str, ...]:
        """The folders that may stand on sys.path for this file; one where that is clear."""
        if declared := _longest(self._explicit, path) or _longest(self._declared, path):
            return (declared[0],)
        folder = dirname(path)
        top = folder
        while self.is_package(top):
            top = dirname(top)
        project = _longest(self.projects, path) or ("",)
        if top != folder or folder == project[0]:  # inside a regular package, or at the top
            return (top,)
        config = self.pytest.for_path(path)
        if basename(path) == "conftest.py" or config.is_test_file(path):
            return project if config.import_mode == "importlib" else (folder,)
        return (*project, folder)

    def is_package(self, folder: str) -> bool:
        """Whether a folder is a regular package. The project's own top folder never is."""
        return bool(folder) and not self._paths.isdisjoint((f"{folder}/__init__.py", f"{folder}/__init__.pyi"))

    # ---- name → path -----------------------------------------------------------------------

    def path(self, dotted: str, near: str = "") -> str | None:
        """The file of a module or package, as an import in the file `near` would find it.

        Leading dots are relative to `near`. None for a module outside the project, a namespace
        package, and a name that several files answer to.
        """
        found = self.split(dotted, near)
        return found[0] if found and not found[1] else None

    def seen_from(self, dotted: str, near: str) -> str:
        """The folder from which an absolute name means what it means in the file `near`: all of its files see the same, and
        what no file of the project can be called is the same everywhere."""
        first = _FIRST.match(dotted)
        return near.rpartition("/")[0] if first is None or first[0] in self._words else ""

    def split(self, dotted: str, near: str = "") -> tuple[str, str] | None:
        """The file of the longest prefix that is a module, and what is left: a name inside it.

        "tests.fixtures.db" gives ("tests/fixtures/__init__.py", "db") unless there is a module db.
        """
        return self._split(dotted, near.rpartition("/")[0])

    @remembered
    def _split(self, dotted: str, folder: str) -> tuple[str, str] | None:
        parts = dotted.lstrip(".").split(".") if dotted.strip(".") else []
        for size in range(len(parts), -1 if dotted.startswith(".") else 0, -1):
            prefix = dotted[: len(dotted) - len(".".join(parts))] + ".".join(parts[:size])
            if path := self._find(prefix, folder):
                return path, ".".join(parts[size:])
        return None

    def _find(self, dotted: str, folder: str) -> str | None:
        if dotted.startswith("."):
            rest = dotted.lstrip(".")
            for _ in range(len(dotted) - len(rest) - 1):
                if not folder:
                    return None
                folder = dirname(folder)
            return self._files.get(join(folder, *rest.split(".")) if rest else folder)
        found = self._candidates(dotted, folder)
        return found[0] if len(found) == 1 else None

    def ambiguous(self, dotted: str, near: str) -> tuple[str, ...]:
        """The files that the longest prefix of an absolute name may mean, where it may mean several."""
        parts = dotted.split(".")
        folder = near.rpartition("/")[0]
        prefixes = (".".join(parts[:size]) for size in range(len(parts), 0, -1))
        found = next((found for prefix in prefixes if (found := self._candidates(prefix, folder))), ())
        return found if len(found) > 1 else ()

    def _candidates(self, dotted: str, folder: str) -> tuple[str, ...]:
        return self._search(dotted.replace(".", "/"), folder) if dotted.partition(".")[0] in self._words else ()

    @cached_property
    def _words(self) -> frozenset[str]:
        """Everything that the first part of an absolute import of the project can be called."""
        return frozenset(word.partition(".")[0] for path in self._paths for word in path.split("/"))

    @remembered
    def _search(self, inner: str, folder: str) -> tuple[str, ...]:
        """The files that answer in the first ring of roots where any does."""
        for ring in self._rings(folder):
            found = {p for root in ring if (p := self._files.get(f"{root}/{inner}" if root else inner))}
            if found:
                return tuple(sorted(found))
        return ()

    @remembered
    def _rings(self, folder: str) -> list[Iterable[str]]:
        """Folders that may stand on sys.path for an import, nearest meaning first."""
        nearest, *outer = sorted((p for p in self.projects if _inside(folder, p)), key=len, reverse=True)
        found: list[Iterable[str]] = [self._explicit, self._roots.get(nearest, ()), (nearest,)]
        top = folder  # pytest's prepend mode, and `python folder/script.py`
        while self.is_package(top):
            top = dirname(top)
        found.append((top,))
        while top:  # conftest files above are imported first, and their folders stay on sys.path
            top = dirname(top)
            if not self.is_package(top):
                found.append((top,))
        return [*found, *(self._roots.get(project, ()) for project in outer), self._declared, self.projects]

    @cached_property
    def _files(self) -> dict[str, str]:
        """What an import of each folder or file, its ending left out, finds: a package before a module, code
        before a stub."""
        found = {"": "__init__.py"} if "__init__.py" in self._paths else {}
        for ending in (".pyi", "/__init__.pyi", ".py", "/__init__.py"):
            found |= {path.removesuffix(ending): path for path in self._paths if path.endswith(ending)}
        return found

    # ---- roots -----------------------------------------------------------------------------

    def declared(self, project: str) -> tuple[str, ...]:
        """The folders that hold a project's packages, as far as it says so: `source_roots` hold for all."""
        return self._explicit or self._roots.get(project, ())

    @cached_property
    def projects(self) -> tuple[str, ...]:
        """The folders that hold build metadata or a pytest configuration; the top folder always."""
        found = {dirname(p) for p in self._metadata} | {c.rootdir for c in self.pytest.found.values()}
        return tuple(sorted(found | {""}))

    @cached_property
    def _roots(self) -> dict[str, tuple[str, ...]]:
        """The folders that each project declares as the place of its packages."""
        roots = [
            (dirname(path), _clean(dirname(path), root))
            for path, text in self._metadata.items()
            for root in _declared(basename(path), text)
        ]
        roots += [(c.rootdir, _clean(c.rootdir, root)) for c in self.pytest.found.values() for root in c.pythonpath]
        folders = ((p, join(p, "src")) for p in self.projects)
        roots += [(p, f) for p, f in folders if not self.is_package(f) and self._has_python(f)]
        found: dict[str, tuple[str, ...]] = {}
        for project, root in sorted(set(roots)):
            if ".." not in root.split("/"):
                found[project] = (*found.get(project, ()), root)
        return found

    @cached_property
    def _declared(self) -> tuple[str, ...]:
        return tuple(sorted({root for roots in self._roots.values() for root in roots}))

    @cached_property
    def plugins(self) -> list[tuple[str, str]]:
        """The modules behind pytest11 entry points, each with the build configuration that says so."""
        found = ((name, path) for path, text in self._metadata.items() for name in _plugins(basename(path), text))
        return [(name.partition(":")[0].strip(), path) for name, path in found]

    def _has_python(self, folder: str) -> bool:
        return any(p.startswith(f"{folder}/") for p in self._paths)


def of_tests(path: str) -> bool:
    """Whether a file is one of tests, or stands beside some, by its path alone: what every configuration leaves so."""
    *folders, name = path.split("/")
    named = name.startswith(("test_", "conftest.")) or name.endswith(("_test.py", "_tests.py"))
    return named or not {"tests", "test", "testing"}.isdisjoint(folders)


def _declared(name: str, text: str) -> Iterator[str]:
    """Folders that a build configuration names as the place of its packages."""
    if name == "setup.py":
        yield from _SETUP_ROOT.findall(text)
    data = read_metadata(name, text)
    for keys in _ROOTS:
        yield from _strings(value_under(data, *keys))
    for package in _strings(value_under(data, "tool", "hatch", "build", "targets", "wheel", "packages")):
        yield dirname(package)
    packages = value_under(data, "tool", "poetry", "packages")
    for package in packages if isinstance(packages, list) else ():
        yield from _strings(value_under(package, "from"))
    for said in _strings(value_under(data, "options", "package_dir")):
        yield from re.findall(r"(?m)^\s*=\s*(\S+)", said)
    for section in ("options.packages.find", "options.packages.find_namespace"):
        yield from " ".join(_strings(value_under(data, section, "where"))).split()


def _plugins(name: str, text: str) -> Iterator[str]:
    """What a build configuration names as plugins for pytest."""
    data = read_metadata(name, text) if "pytest11" in text else {}
    for keys in (("project", "entry-points"), ("tool", "poetry", "plugins")):
        table = value_under(data, *keys, "pytest11")
        yield from _strings([*table.values()]) if isinstance(table, Mapping) else ()
    said = _strings(value_under(data, "options.entry_points", "pytest11"))
    for block in (*said, *(_SETUP_PLUGINS.findall(text) if name == "setup.py" else ())):
        yield from _ENTRY.findall(block)


def _strings(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list | tuple | Mapping) else (value,)
    return tuple(v for v in values if isinstance(v, str))


def _clean(base: str, folder: str) -> str:
    found = normpath(join(base, folder)) if base or folder else ""
    return "" if found == "." else found.strip("/")


def _inside(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def _longest(folders: Iterable[str], path: str) -> tuple[str] | None:
    found = [f for f in folders if _inside(path, f)]
    return (max(found, key=len),) if found else None


def _relative(path: str, root: str) -> str:
    """The dotted name below a root; "" where the path's parts cannot be a module's name."""
    inner = path[len(root) + 1 :] if root else path
    parts = inner.rpartition(".")[0].split("/")
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts) if parts and all(p.isidentifier() for p in parts) else ""
