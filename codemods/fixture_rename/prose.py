"""Find OLD outside of code: in documentation (docstrings, Markdown, reST) and in pytest's configuration files."""

from __future__ import annotations

import ast
import re

from ..engine.source import PYTHON, Definition, Source, statements
from .values import Edits, File, Site

_EXAMPLE = re.compile(r"^([ \t>.]*)(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(", re.M)
_SECTION = re.compile(r"[ \t]*\[++[ \t]*+([^\]\r\n]*[^\]\s])[ \t]*\]+")
_SETTING = re.compile(r"([\w.-]+)[ \t]*[=:]")
_OF_PYTEST = re.compile(
    r"addopts|asyncio_mode|filterwarnings|markers|minversion|norecursedirs|python(path|_\w+)|required_plugins|testpaths"
    r"|xfail_strict"
)
_SECTIONS = ("pytest", "tool:pytest", "tool.pytest.ini_options", "tool.pytest")


def find_docs(file: Source, old: str, new: str) -> Edits:
    """Edits that rename OLD in the code spans and `def test(..OLD..)` examples of a file's prose."""
    if not file.path.endswith(PYTHON):
        return _in_prose(file.text, 0, len(file.text), old, new)
    found: list[tuple[int, int, str]] = []
    for node in [file.tree, *(n for n in statements(file.tree.body, inside=True) if isinstance(n, Definition))]:
        first = next(statements(node.body), None)
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and old in str(first.value.value):
            found += _in_prose(file.text, *file.span(first.value), old, new)
    return tuple(found)


def _in_prose(text: str, start: int, end: int, old: str, new: str) -> Edits:
    word = re.compile(rf"(?<![\w.]){re.escape(old)}(?!\w)(?!\s*=[^=])")
    found = {
        m.span(1) for m in re.compile(rf"(?<!`)`{{1,2}}({re.escape(old)})`{{1,2}}(?!`)").finditer(text, start, end)
    }
    for example in _EXAMPLE.finditer(text, start, end):
        close = _example_end(text, example.start(), end, len(example[1]))
        header = text.find(")", example.end(), close)
        if word.search(text, example.end(), header):
            found |= {m.span() for m in word.finditer(text, example.end(), close)}
    return tuple((a, b, new) for a, b in sorted(found))


def _example_end(text: str, start: int, end: int, indent: int) -> int:
    """Where an example's function ends: at a line that is not indented deeper than its `def`."""
    outer = re.compile(rf"\n[ \t>.]{{0,{indent}}}(?![ \t>.\r\n])").search(text, start, end)
    return outer.start() if outer else end


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
