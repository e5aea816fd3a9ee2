"""`# codemod: ignore`, on a line or for a file, for all codemods or `[some, of-them]`: what it hides, and where it cannot work."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .nearest import nearest
from .source import Source
from .values import Part, Skip, Unreadable

CODE = "C003-unused-ignore"
_WORDS = ("ignore", "ignore-file")
_START = "codemod:"
_ALONE = (
    "this comment stands on no line of a statement and hides nothing; write it at the end of one, or as ignore-file"
)
_LOOKS_LIKE_IT = re.compile(rb"codemod\s*:", re.I)
_COMMENT = re.compile(r"#\s*((codemod\s*:)\s*([\w-]+))\s*(?:(\[[^\]#]*)(\]?))?", re.I)


@dataclass(frozen=True)
class Comment:
    """One ignore comment. Without names it is for every codemod."""

    line: int
    whole_file: bool
    names: tuple[str, ...]

    def is_for(self, codemod: str) -> bool:
        return not self.names or codemod in self.names


@dataclass(frozen=True)
class Searched:
    """What `find` gave for one file, with what ignore comments leave of it, and what they are good for."""

    parts: tuple[Part, ...]
    skips: tuple[Skip, ...] = ()
    hiding: tuple[int, ...] = ()  # lines of comments without names that hide something
    named: tuple[tuple[int, str], ...] = ()  # other codemods, or none at all, that comments speak of


def ignored(codemod: str, file: Source, parts: Sequence[Part]) -> Searched:
    """Turn parts of ignored statements into skips, and report comments for this codemod that hide nothing."""
    if not file.is_python or not _LOOKS_LIKE_IT.search(file.data):
        return Searched(tuple(parts))
    found = list(_comments(file))
    mine = {c.line: c for c in found if isinstance(c, Comment) and c.is_for(codemod)}
    whole_file = [line for line, comment in mine.items() if comment.whole_file]
    lines = _statement_lines(file) if mine else {}
    kept, used = [], set()
    skips = [c for c in found if isinstance(c, Skip)]
    for part in parts:
        touched = {part.line} if part.path == file.path else set()
        for edit in part.edits if part.path == file.path else ():
            last = file.line_of(max(edit.start, edit.end - 1))
            touched.update(range(file.line_of(edit.start), last + 1))
        touched.update(n for line in touched.copy() for n in lines.get(line, ()))
        if hits := whole_file or sorted(touched & mine.keys()):
            used.update(hits)
            reason = f"line {hits[0]} says so: {part.reason}"
            skips.append(Skip(file.path, part.line, "C002-ignored", reason, part.group))
        else:
            kept.append(part)
    for line, comment in sorted(mine.items()):
        if line not in lines and not comment.whole_file:
            skips.append(Skip(file.path, line, CODE, _ALONE))
        elif comment.names and line not in used:
            skips.append(Skip(file.path, line, CODE, f"this comment hides nothing from {codemod}"))
    comments = [c for c in found if isinstance(c, Comment)]
    named = tuple((c.line, name) for c in comments for name in c.names if name != codemod)
    return Searched(tuple(kept), tuple(skips), tuple(n for n in sorted(used) if not mine[n].names), named)


def bare(file: Source) -> list[int]:
    """The lines of the comments that are for every codemod and may hide something. None in a file that cannot be read."""
    try:
        file.tree  # noqa: B018 - what cannot be parsed is nobody's to judge
        found = [c for c in _comments(file) if isinstance(c, Comment) and not c.names]
        lines = _statement_lines(file) if found else {}
        return [c.line for c in found if c.whole_file or c.line in lines]
    except Unreadable:
        return []


def _comments(file: Source) -> Iterator[Comment | Skip]:
    """Ignore comments, and skips for those that only look like one."""
    for line, text in file.comments.items():
        for match in _COMMENT.finditer(text):
            written, start, word, names, end = match.groups()
            if start == _START and word in _WORDS:
                named = tuple(n.strip() for n in (names or "[")[1:].split(",") if n.strip()) if end else ()
                yield Comment(line, word == "ignore-file", named)
                if names and not named:
                    wrong = "names no codemod" if end else "has no closing bracket"
                    yield Skip(
                        file.path, line, CODE, f"{f'{word}{names}{end}'!r} {wrong}, so it is for every codemod"
                    )
            elif near := nearest(word.lower(), _WORDS):
                given, meant = (word, near[0]) if start == _START else (written, f"{_START} {near[0]}")
                yield Skip(file.path, line, CODE, f"{given!r} is no such comment; did you mean {meant!r}?")


def _statement_lines(file: Source) -> dict[int, range]:
    """For each line of a simple statement, or of a compound one's header, all lines of that."""
    found: dict[int, range] = {}
    for node in ast.walk(file.tree):
        if isinstance(node, ast.stmt | ast.ExceptHandler):
            first, last = file.first_line(node), node.end_lineno or node.lineno
            if body := getattr(node, "body", None):
                last = max(node.lineno, file.first_line(body[0]) - 1)
            found.update((line, range(first, last + 1)) for line in range(first, last + 1))
    return found
