"""Find OLD in a pytest configuration file: in `usefixtures`, and in settings that a hook may read."""

from __future__ import annotations

import re

from ..engine.source import Source
from .values import File, Site

_SECTION = re.compile(r"[ \t]*\[++[ \t]*+([^\]\r\n]*[^\]\s])[ \t]*\]+")
_SETTING = re.compile(r"([\w.-]+)[ \t]*[=:]")
_OF_PYTEST = re.compile(
    r"addopts|asyncio_mode|filterwarnings|markers|minversion|norecursedirs|python(path|_\w+)|required_plugins|testpaths"
    r"|xfail_strict"
)
_SECTIONS = ("pytest", "tool:pytest", "tool.pytest.ini_options", "tool.pytest")


def find_ini(file: Source, old: str, new: str) -> File | None:
    """The places of OLD in `usefixtures`, and the lines where a setting that pytest itself does not have holds it."""
    edits: list[tuple[int, int, str]] = []
    found = File()
    section = key = ""
    pattern = re.compile(rf"(?<![\w.-]){re.escape(old)}(?![\w.-])")
    for number, start in enumerate(file.line_starts, 1):
        line, begin = file.line(number), 0
        if head := _SECTION.match(line):
            section, key, begin = head[1], "", head.end()
        elif setting := _SETTING.match(line):
            key, begin = setting[1], setting.end()
        for word in pattern.finditer(line, begin) if key and section in _SECTIONS else ():
            if "#" in line[begin : word.start()] or line.lstrip().startswith(";"):
                continue
            if key == "usefixtures":
                edits.append((start + word.start(), start + word.end(), new))
            elif not _OF_PYTEST.fullmatch(key):
                found.loose.append(number)
    if edits:
        found.sites.append(Site("text", "ini", file.line_of(edits[0][0]), tuple(edits)))
    return found if found.sites or found.loose else None
