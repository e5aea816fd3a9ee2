"""Which test plugins a project asks for, from its requirement, lock and build files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from posixpath import basename

_PLUGIN = re.compile(r"(?i)\b(pytest[-_.]\w+(?:[-_.]\w+)*|anyio|trio|asynctest|django)\b")
_REQUIRES = re.compile(r"""(?im)(?:^\s*["']?|[\[,(]\s*["'])pytest(?:\[[^\]]*\])?\s*(?:$|[<>=~!;,"'\])])""")
_COMMENT = re.compile(r"(?m)(?:^|\s)#.*$")
_BRINGS = {"pytest-asyncio": ("pytest-asyncio", "pytest-aiohttp")}  # plugins that depend on a plugin
_PYTEST_ONLY = ("pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "tox.ini")


def mentions(texts: Mapping[str, str]) -> frozenset[str]:
    """The normalised names of all plugins that some text names outside a comment."""
    found = set()
    for path, text in texts.items():
        if not path.endswith((".py", ".lock", ".json")):
            text = _COMMENT.sub("", text)
        found |= {_normal(match[1]) for match in _PLUGIN.finditer(text)}
    return frozenset(found)


def brings(mentioned: Set[str], plugin: str) -> bool:
    """Whether one of the mentioned plugins is this one, or depends on it."""
    return any(_normal(each) in mentioned for each in _BRINGS.get(plugin, (plugin,)))


def lists_pytest(texts: Mapping[str, str]) -> bool:
    """Whether some requirement is pytest itself: then its plugins would be listed, too."""
    return any(_REQUIRES.search(text) for path, text in texts.items() if basename(path) not in _PYTEST_ONLY)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
