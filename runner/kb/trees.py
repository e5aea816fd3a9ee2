"""The files of installed libraries and of stubs, by the dotted name of the module."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from codemods.engine.source import Source

_ASIDE = {"tests", "test", "testing", "_vendor", "conftest", "__main__", "__pycache__"}


def installed(site: Path, tops: Iterable[str], without: Iterable[str] = ()) -> dict[str, Source]:
    """The modules of some packages in a folder of installed ones, but for those of some patterns. Stubs go before code: those of a package of their own
    (`yaml-stubs`), then those beside the code; where a package has stubs of its own, its code is not read."""
    found: dict[str, Source] = {}
    for top in tops:
        stubs = site / f"{top}-stubs"
        folder = stubs if stubs.is_dir() else site / top
        files = (
            [folder.with_suffix(".py")]
            if not folder.is_dir()
            else sorted(folder.rglob("*.pyi")) + sorted(folder.rglob("*.py"))
        )
        for path in files:
            parts = path.relative_to(folder.parent).with_suffix("").parts[1:]
            name = ".".join((top, *parts)).removesuffix(".__init__")
            aside = _ASIDE.intersection(parts) or any(fnmatchcase(name, pattern) for pattern in without)
            if name not in found and not aside:
                found[name] = Source(path.name, path.read_bytes())
    return found


def standard(typeshed: Path) -> dict[str, Source]:
    """The modules of the standard library: `typeshed` is the folder `stdlib` of it."""
    return {
        ".".join(path.relative_to(typeshed).with_suffix("").parts).removesuffix(".__init__"): Source(
            path.name, path.read_bytes()
        )
        for path in sorted(typeshed.rglob("*.pyi"))
        if not {"distutils", "lib2to3", "idlelib"}.intersection(path.parts)
    }
