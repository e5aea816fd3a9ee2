"""Words in files that are no Python: documentation, configuration, templates, anything that names code by its path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...engine.source import Source
from .data import Site

# what is looked into, beside Python
GLOBS = (
    "*.pyx", "*.pxd", "*.toml", "*.cfg", "*.ini", "*.rst", "*.md", "*.txt", "*.html", "*.jinja", "*.jinja2", "*.j2", "*.ipynb",
    "*.yaml", "*.yml", "*.json", "*.sh", "MANIFEST.in", "CODEOWNERS", "Dockerfile*", "Makefile", ".coveragerc", ".importlinter",
)  # fmt: skip
_CONFIGURATION = (".toml", ".cfg", ".ini", "MANIFEST.in", "CODEOWNERS", ".coveragerc", ".importlinter")
_DOCUMENTS = (".rst", ".md", ".txt")
_HISTORY = re.compile(r"(?:.*/)?(?:changes?|changelog|history|news|release[^/]*|whatsnew[^/]*)(?:\.\w+|/.*)", re.I)
_PROGRAMS = re.compile(
    r"(?:.*/)?(?:Dockerfile[^/]*|Makefile|[^/]*\.sh|\.gitlab-ci\.yml|\.github/.*|\.circleci/.*|azure-pipelines[^/]*)"
)
_MODULE = re.compile(r"^[ \t]*\.\. +(?:py:)?(?:current)?module:: *([\w.]+)", re.M)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.M)
_TOKEN = re.compile(r"[\w./:-]+")
_DOTTED = re.compile(r"[^\W\d]\w*(?:[.:][^\W\d]\w*)*")
_CODE = re.compile(r".*(?:_|\d|[a-z][A-Z]|[A-Z][a-z]+[A-Z]).*")


def read_other(file: Source, words: Iterable[str]) -> Iterator[Site]:
    """The sites of words in a file that is no Python. A word that prose may hold counts only where it is marked as code."""
    text = file.text
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(words)))})(?![\w-])")
    kind = _kind(file.path)
    for match in pattern.finditer(text):
        word, start = match[0], match.start()
        code = _is_code(file, start)
        context = "docs:code" if kind == "docs" and code else kind
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
        before = token[: start - at + len(word)]
        dotted = before.replace(":", ".") if _DOTTED.fullmatch(before) else ""
        if "." not in dotted and kind == "docs" and code and (module := _module(text, start)):
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


def _module(text: str, start: int) -> str:
    """The module that Sphinx takes for the current one."""
    found = ""
    for match in _MODULE.finditer(text, 0, start):
        found = match[1]
    return found


def _is_code(file: Source, start: int) -> bool:
    """Whether a place of a document is marked as code: between backticks, in a directive, in a block."""
    text, line = file.text, file.line_of(start)
    first = file.line_starts[line - 1]
    before = text[first:start]
    if re.match(r"[ \t]*\.\. +[\w:]+::", before):
        return True
    if not before and re.match(r"\w+[ \t]*\r?\n([-=~^\"'`#*+.:_])\1+[ \t]*(?:\r?\n|$)", text[first:]):
        return True  # a title of one word
    if before.count("`") % 2 or (re.search(r"``(?:(?!``).)*$", before) is not None and before.count("``") % 2 == 1):
        return True
    if file.path.endswith(".md"):
        return len(_FENCE.findall(text, 0, first)) % 2 == 1
    return re.match(r"[ \t]{2,}(?:>>> |\.\.\. |from |import |\$ |\w+\(|\w+ = )", text[first:]) is not None
