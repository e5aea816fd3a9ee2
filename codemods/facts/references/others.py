"""Words in files that are no Python: documentation, configuration, templates, anything that names code by its path."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ...engine.source import Source
from .data import Site

_CONFIGURATION = (".toml", ".cfg", ".ini", "MANIFEST.in", "CODEOWNERS", ".coveragerc", ".importlinter")
_DOCUMENTS = (".rst", ".md", ".txt")
_HISTORY = re.compile(r"(?:.*/)?(?:changes?|changelog|history|news|release[^/]*|whatsnew[^/]*)(?:\.\w+|/.*)", re.I)
_PROGRAMS = re.compile(
    r"(?:.*/)?(?:Dockerfile[^/]*|Makefile|[^/]*\.sh|\.gitlab-ci\.yml|\.github/.*|\.circleci/.*|azure-pipelines[^/]*)"
)
_MODULE = re.compile(r"^[ \t]*\.\. +(?:py:)?(?:current)?module:: *([\w.]+)", re.M)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.M)
_DIRECTIVE = re.compile(r"[ \t]*\.\. +[\w:]+::")
_TITLE = re.compile(r"\w+[ \t]*\r?\n([-=~^\"'`#*+.:_])\1+[ \t]*(?:\r?\n|$)")  # of one word
_STATEMENT = re.compile(r"[ \t]{2,}(?:>>> |\.\.\. |from |import |\$ |\w+\(|\w+ = )")
_TOKEN = re.compile(r"[\w./:-]+")
_DOTTED = re.compile(r"[^\W\d]\w*(?:[.:][^\W\d]\w*)*")
_CODE = re.compile(r".*(?:_|\d|[a-z][A-Z]|[A-Z][a-z]+[A-Z]).*")


def read_other(file: Source, words: Iterable[str]) -> Iterator[Site]:
    """The sites of words in a file that is no Python. A word that prose may hold counts only where it is marked as code."""
    text, document = file.text, _Document(file)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(words)))})(?![\w-])")
    kind = _kind(file.path)
    for match in pattern.finditer(text):
        word, start = match[0], match.start()
        token, at = _token(text, start)
        line = file.line_of(start)
        if kind in ("history", "program") and "/" not in token:  # what was is not rewritten
            yield Site(word=word, line=line, start=start, form="text", context=kind)
            continue
        if "/" in token:
            where = _file_named(token, start - at, word)
            yield Site(
                word=word, line=line, start=start, form="text", context=f"file:{kind}:{where}" if where else kind
            )
            continue
        code = document.is_code(start)
        context = "docs:code" if kind == "docs" and code else kind
        before = token[: start - at + len(word)]
        dotted = before.replace(":", ".") if _DOTTED.fullmatch(before) else ""
        if "." not in dotted and kind == "docs" and code and (module := document.module(start)):
            yield Site(
                word=word, line=line, start=start, form="path", asks=f"{module}.{dotted or word}", context=context
            )
        elif "." in dotted:
            yield Site(word=word, line=line, start=start, form="path", asks=dotted, context=context)
        elif code or _CODE.fullmatch(word):
            yield Site(word=word, line=line, start=start, form="text", context=context)


def _kind(path: str) -> str:
    if _HISTORY.fullmatch(path):
        return "history"
    if _PROGRAMS.fullmatch(path):
        return "program"  # what it does with a path, nobody knows
    return "config" if path.endswith(_CONFIGURATION) else "docs" if path.endswith(_DOCUMENTS) else "other"


def _token(text: str, start: int) -> tuple[str, int]:
    """The dotted name or path that a word is part of, and where it begins."""
    first = start
    while first > 0 and _TOKEN.match(text[first - 1]):
        first -= 1
    found = _TOKEN.match(text, first)
    token = found[0] if found else ""
    kept = token.lstrip(".:/-")
    return kept.rstrip(".:"), first + len(token) - len(kept)


def _file_named(token: str, offset: int, word: str) -> str:
    """The file or folder that a path names up to a word: `shop/texts.py`, `shop/texts`."""
    whole = token[: offset + len(word)]
    rest = token[offset + len(word) :]
    return (
        f"{whole}{rest[:4]}".rstrip("/")
        if rest[:3] == ".py" and rest[:4] != ".pyi"
        else whole
        if rest[:1] in ("", "/")
        else ""
    )


@dataclass(frozen=True)
class _Document:
    """What stands around the places of one file."""

    file: Source

    @cached_property
    def _modules(self) -> list[tuple[int, str]]:
        return [(match.end(), match[1]) for match in _MODULE.finditer(self.file.text)]

    @cached_property
    def _fences(self) -> list[int]:
        return [match.start() for match in _FENCE.finditer(self.file.text)]

    def module(self, start: int) -> str:
        """The module that Sphinx takes for the current one."""
        above = bisect_left(self._modules, (start + 1, ""))
        return self._modules[above - 1][1] if above else ""

    def is_code(self, start: int) -> bool:
        """Whether a place is marked as code: between backticks, in a directive, in a block."""
        text = self.file.text
        first = self.file.line_starts[self.file.line_of(start) - 1]
        if _DIRECTIVE.match(text, first, start) or (first == start and _TITLE.match(text, first)):
            return True
        if text.count("`", first, start) % 2 or text.count("``", first, start) % 2:
            return True
        if self.file.path.endswith(".md"):
            return bisect_left(self._fences, first) % 2 == 1
        return _STATEMENT.match(text, first) is not None
