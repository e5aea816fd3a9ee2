"""The sections of a module that its banners name: `# ==== Orders ====`, a title between rules, `# region Orders`."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from ..facts.moving.graph import Graph

_RULE = re.compile(r"#+[ \t]*([-=#*~_+])\1{2,}[ \t]*#*[ \t]*$")
_TITLED = (
    re.compile(r"#+[ \t]*([-=#*~_+])\1{1,}[ \t]*(?P<title>[^\W\d_][^-=#*~_+].*?)[ \t]*\1*[ \t]*#*$"),
    re.compile(r"#+[ \t]*(?P<title>[^\W\d_].*?)[ \t]*([-=#*~_+])\2{2,}[ \t]*#*$"),
    re.compile(r"#[ \t]*(?:region|%%)[ \t]+(?P<title>\S.*?)[ \t]*$"),
)
_PLAIN = re.compile(r"#+[ \t]*(?P<title>[^\W\d_].*?)[ \t]*#*$")
_NO_TITLE = re.compile(r"copyright|licen[sc]e|coding[:=]|noqa|pylint|pragma|type:", re.I)
_LONGEST = 60


def sections(graph: Graph) -> dict[int, str]:
    """The title of each group's section, by the group's number; "" for what stands above the first banner."""
    found = sorted(_banners(graph))
    lines = [line for line, _ in found]
    titles = {}
    for group in graph.groups:
        at = bisect.bisect_right(lines, group.units[0].node.lineno)
        titles[group.number] = found[at - 1][1] if at else ""
    return titles


def _banners(graph: Graph) -> Iterator[tuple[int, str]]:
    """Line and title of each banner: comments that begin their line, between the statements at the top of the module."""
    file = graph.outline.file
    rows = {
        n: text for n, text in file.comments.items() if file.line(n).startswith("#") and not _NO_TITLE.search(text)
    }
    body = file.tree.body
    ends = [node.end_lineno or node.lineno for node in body]
    for line, text in rows.items():
        at = bisect.bisect_left(ends, line)
        if at == 0 or (at < len(body) and file.first_line(body[at]) <= line):
            continue  # the head of the file, or within a statement
        if _RULE.fullmatch(text):
            title = _beside(rows, line)
        else:
            match = next((m for m in (p.fullmatch(text) for p in _TITLED) if m), None)
            title = match["title"] if match else ""
        if title and len(title) <= _LONGEST:
            yield line, title.rstrip(" .:")


def _beside(rows: dict[int, str], line: int) -> str:
    """The title that a rule stands above, or else below: one line of text, with a rule on its other side or no comment."""
    for step in (1, -1):
        match = _PLAIN.fullmatch(rows.get(line + step, ""))
        beyond = rows.get(line + 2 * step, "")
        if match and (not beyond or _RULE.fullmatch(beyond)) and not _RULE.fullmatch(rows.get(line - step, "")):
            return match["title"]
    return ""
