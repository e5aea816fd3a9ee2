"""One pytest configuration: its values, and what they say about a path or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from posixpath import basename

from ...engine.remember import remembered

_GLOB = re.compile(r"[*?[]")


@dataclass(frozen=True)
class PytestConfig:
    """One effective configuration. `path` is "" where there is none; the fields' defaults are pytest's."""

    path: str = ""
    rootdir: str = ""
    error: str = ""  # why pytest would refuse the file; everything else is then at its default
    error_line: int = 1
    python_files: tuple[str, ...] = ("test_*.py", "*_test.py")
    python_classes: tuple[str, ...] = ("Test",)
    python_functions: tuple[str, ...] = ("test",)
    testpaths: tuple[str, ...] = ()
    norecursedirs: tuple[str, ...] = (
        "*.egg", ".*", "_darcs", "build", "CVS", "dist", "node_modules", "venv", "{arch}",
    )  # fmt: skip
    usefixtures: tuple[str, ...] = ()
    pythonpath: tuple[str, ...] = ()
    addopts: tuple[str, ...] = ()
    asyncio_mode: str = ""  # "" when nothing sets it, which means strict
    asyncio_default_fixture_loop_scope: str = ""
    asyncio_default_test_loop_scope: str = ""
    anyio_mode: str = ""
    trio_mode: bool = False
    plugins: tuple[str, ...] = ()  # -p in addopts, "no:x" included
    markers: tuple[str, ...] = ()  # whole lines, "slow: takes long"
    strict_markers: bool = False
    import_mode: str = "prepend"
    ignore: tuple[str, ...] = ()  # --ignore in addopts
    ignore_glob: tuple[str, ...] = ()

    def is_test_file(self, path: str) -> bool:
        """Whether pytest takes the file for a test module when it meets it in a folder."""
        return path.endswith(".py") and any(_path_matches(pattern, path) for pattern in self.python_files)

    @remembered
    def meets(self, path: str, ignoring: bool = True) -> bool:
        """Whether pytest takes the file for a test module; with `ignoring`, and comes there."""
        return self.is_test_file(path) and not (ignoring and self.is_ignored(path))

    def is_test_function(self, name: str) -> bool:
        return _name_matches(name, self.python_functions)

    def is_test_class(self, name: str) -> bool:
        return _name_matches(name, self.python_classes)

    def in_testpaths(self, path: str) -> bool:
        """Whether a run without arguments, started in the root folder, looks at the file's folder."""
        if not self.testpaths:
            return True
        inside = _relative(path, self.rootdir)
        if inside is None:
            return False
        return any(_under(inside, pattern) for pattern in self.testpaths)

    def is_ignored(self, path: str) -> bool:
        """Whether norecursedirs, --ignore or --ignore-glob keeps pytest away from the file."""
        inside = _relative(path, self.rootdir)
        inside = path if inside is None else inside
        parts = inside.split("/")
        folders = ["/".join(parts[:n]) for n in range(1, len(parts))]
        starts = {_clean(t) for t in self.testpaths}  # a folder that is named is entered whatever it is called
        if any(f not in starts and any(_path_matches(p, f) for p in self.norecursedirs) for f in folders):
            return True
        if any(_clean(item) in (*folders, inside) for item in self.ignore):
            return True
        absolute = [f"/{item}" for item in (*folders, inside)]
        return any(fnmatch(p, f"/{_clean(glob)}") for glob in self.ignore_glob for p in absolute)

    def declares_marker(self, name: str) -> bool:
        """Whether the marker is registered in this configuration."""
        return any(re.split(r"[:(]", line, maxsplit=1)[0].strip() == name for line in self.markers)


# ---- paths and names -----------------------------------------------------------------------


def _relative(path: str, folder: str) -> str | None:
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(f"{folder}/") else None


def _clean(pattern: str) -> str:
    return pattern.removeprefix("./").rstrip("/")


def _under(path: str, pattern: str) -> bool:
    """Whether a path is the one named by a testpaths entry, or lies under it."""
    pattern = _clean(pattern.partition("::")[0])
    if pattern in ("", "."):
        return True
    if not _GLOB.search(pattern):
        return path == pattern or path.startswith(f"{pattern}/")
    parts = path.split("/")
    return any(_glob(pattern.split("/"), parts[:n]) for n in range(1, len(parts) + 1))


def _glob(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    reached = {0}  # how many parts may be used up so far: many `**` in a row cost no more than one
    for word in pattern:
        if word == "**":
            reached = set(range(min(reached, default=len(parts) + 1), len(parts) + 1))
        else:
            reached = {n + 1 for n in reached if n < len(parts) and fnmatch(parts[n], word)}
    return len(parts) in reached


def _path_matches(pattern: str, path: str) -> bool:
    """pytest's fnmatch_ex: without a slash the pattern is for the name, else for the end of the path."""
    if "/" not in pattern:
        return fnmatch(basename(path), pattern)
    return fnmatch(f"/{path}", pattern if pattern.startswith("/") else f"*/{pattern}")


@lru_cache(maxsize=1 << 16)
def _name_matches(name: str, options: tuple[str, ...]) -> bool:
    return any(name.startswith(o) or (bool(_GLOB.search(o)) and fnmatch(name, o)) for o in options)
