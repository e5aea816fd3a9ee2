"""The files of installed libraries and of stubs, by the dotted name of the module."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from codemods.engine.source import Source

_ASIDE = {"tests", "test", "testing", "_vendor", "conftest", "__main__", "__pycache__"}


def installed(sites: Iterable[Path], tops: Iterable[str], without: Iterable[str] = ()) -> dict[str, Source]:
    """The modules of some packages in folders of installed ones, but for those of some patterns.

    Stubs go before code: those of a package of their own (`yaml-stubs`), whose code is not read, then those beside code."""
    found: dict[str, Source] = {}
    for site, top in itertools.product(sites, tops):
        stubs = site / f"{top}-stubs"
        folder = stubs if stubs.is_dir() else site / top
        files = (
            [folder.with_suffix(".py")]
            if not folder.is_dir()
            else sorted(folder.rglob("*.pyi")) + sorted(folder.rglob("*.py"))
        )
        for path in filter(Path.is_file, files):
            parts = path.relative_to(folder.parent).with_suffix("").parts[1:]
            name = ".".join((top, *parts)).removesuffix(".__init__")
            aside = _ASIDE.intersection(parts) or any(fnmatchcase(name, pattern) for pattern in without)
            if name not in found and not aside:
                found[name] = Source(path.name, path.read_bytes())
    return found
