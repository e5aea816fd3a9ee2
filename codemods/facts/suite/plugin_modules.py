"""Modules that pytest loads for a whole session: behind pytest11 entry points, and named by `-p` in addopts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from ...engine.documents import read_toml
from ...engine.python import value_under
from .config import Configs, parse_ini

_SETUP_PLUGINS = re.compile(r"""pytest11["']?\s*[:=]\s*\[?([^\]]*)""")


def entry_points(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The modules behind pytest11 entry points, each with the build configuration that says so."""
    found = [(name, path) for path, text in texts.items() for name in _declared(basename(path), text)]
    return [(name.partition(":")[0].strip(), path) for name, path in found]


def named_by_options(configs: Configs) -> list[tuple[str, str]]:
    """What `-p` in addopts loads, each with the configuration that says so."""
    return [(name, c.path) for c in configs.found.values() for name in c.plugins if not name.startswith("no:")]


def _declared(name: str, text: str) -> Iterator[str]:
    if "pytest11" not in text:
        return
    try:
        if name == "pyproject.toml":
            data = read_toml(text)
            for keys in (("project", "entry-points"), ("tool", "poetry", "plugins")):
                table = value_under(data, *keys, "pytest11")
                yield from (v for v in table.values() if isinstance(v, str)) if isinstance(table, dict) else ()
        elif name == "setup.cfg":
            block = parse_ini(text).get("options.entry_points", {}).get("pytest11", "")
            yield from re.findall(r"=\s*([\w.]+)", block)
        elif name == "setup.py" and (match := _SETUP_PLUGINS.search(text)):
            yield from re.findall(r"=\s*([\w.]+)", match[1])
    except ValueError:
        return
