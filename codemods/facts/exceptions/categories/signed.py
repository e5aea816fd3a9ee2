"""Clauses that somebody has signed: a comment tells a linter, or a reader, that this one is meant."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from .looks import Category, Look

CODES = {"BLE001", "BLE", "E722", "B001", "B902", "S110", "S112", "W0703", "W0718", "W0702"}
_NOQA = re.compile(
    r"#\s*(?:ruff:\s*|flake8:\s*)?noqa(?!-file)(?P<codes>\s*:\s*[A-Z]+[0-9]*(?:[,\s]\s*[A-Z]+[0-9]+)*)?", re.I
)
_PYLINT = re.compile(
    r"pylint:\s*disable\s*=[^#]*\b(broad-except|broad-exception-caught|bare-except|W0703|W0718|W0702|all)\b"
)
_OF_PASS = re.compile(r"noqa\s*:[\sS1012,]*")  # speaks of the silence only, not of what is caught
_BROAD = re.compile(r"#\s*broad\s*:\s*\S")
_PRAGMA = re.compile(
    r"#\s*(noqa|type:|pylint:|pragma:|nosec|fmt:|isort:|mypy:|pyright:|ruff:|nosemgrep|NOSONAR)[^#]*", re.I
)
_TODO = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
_WHY = re.compile(
    r"""
    \b(any|all|every|whatever|arbitrary|unknown|other|various|different|many)\b(\s+\w+){0,3}?\s+
        (exceptions?|errors?|failures?|reasons?|problems?|issues?|kinds?|goes|happens)\b
  | \b(anything|everything|whatever|regardless|no\ matter|catch[- ]?all|blanket|broad|blind|best[- ]effort)\b
  | \b(intentional|deliberate)(ly)?\b | \bon\ purpose\b
  | \b(non|not)[- ]?(fatal|critical|blocking)\b
  | \b(must|should|can|may|could|shall|does|do|to|did|will|would)(n['o]?t|\s+not|\s+never|not)\s+
        (let|fail|break|crash|block|prevent|stop|raise|kill|affect|abort|interrupt|propagate|take|bring|cause|disrupt|interfere)\b
  | \b(don't|doesn't|never|not|n't)\s+(let|fail|break|crash|block|prevent|stop|raise|kill|affect|abort|interrupt|propagate|disrupt|interfere|be\ fatal)\b
  | \b(may|might|can|could)\s+(raise|throw|fail)\b
  | \b(third[- ]party|user[- ](code|supplied|provided|defined))\b
  | \bfail(s|ing|ed)?[- ](open|safe|soft|closed|silently)\b
  | \b(swallow|suppress)(s|ed|ing)?\b
  | \bkeep\s+(going|running|serving|the)\b
    """,
    re.I | re.X,
)  # fmt: skip


def signed(look: Look) -> Category | None:
    """A comment at the clause signs it for a linter."""
    for text, at_header in _comments(look):
        if at_header and (mark := _mark(text)):
            return Category(code="N21-signed", words=f"signed: {mark}", hard=not _OF_PASS.fullmatch(mark))
    return None


def explained(look: Look) -> Category | None:
    """A comment at the clause gives its reason to a reader."""
    if any(_says_why(text) for text, _ in _comments(look)):
        return Category(code="N21-signed", words="a comment says why")
    return None


def _mark(text: str) -> str:
    """The part of a comment that signs for a linter."""
    if found := _NOQA.search(text):
        codes = set(re.findall(r"[A-Z]+[0-9]*", (found["codes"] or "").upper()))
        return found[0].lstrip("# ") if not codes or codes & CODES else ""
    if found := _PYLINT.search(text):
        return found[0]
    return "# broad" if _BROAD.search(text) else ""


def _comments(look: Look) -> Iterator[tuple[str, bool]]:
    """The comments at a clause, those of lines that follow each other as one, and whether they stand at its header."""
    file, node = look.file, look.clause.node
    first = node.lineno
    body = look.handler or look.body
    below = file.first_line(body[0])
    lines = range(max(first - 3, 1), min(below + 1, len(file.line_starts)) + 1)
    if not any("#" in file.line(line) for line in lines):
        return
    header = [first, *range(first + 1, below)]
    for line in header:
        text = file.comments.get(line, "")
        if text and (line == first or not file.line(line).lstrip().startswith("#")):
            yield text, True
    if below == first:
        return
    yield from ((text, False) for text in _joined(look, range(first + 1, below + 1)))
    last = body[0].end_lineno or below
    if isinstance(body[0], ast.Pass | ast.Continue | ast.Expr | ast.Return):
        yield from ((text, False) for text in _joined(look, range(last, last + 1)))
    column = file.offset(node.lineno, node.col_offset) - file.line_starts[first - 1]
    above = first - 1
    while above > 0 and (line := file.line(above)).lstrip().startswith("#") and _indent(line) == column:
        above -= 1
    yield from ((text, False) for text in _joined(look, range(above + 1, first)))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _joined(look: Look, lines: range) -> Iterator[str]:
    """The comments on some lines as one text."""
    found = [look.file.comments[line] for line in lines if line in look.file.comments]
    if found:
        yield " ".join(found)


def _says_why(text: str) -> bool:
    """Whether a comment gives a reason in words: more than three of them, no task, no code."""
    words = _PRAGMA.sub("", text).strip("# -")
    if len(words.split()) <= 3 or _TODO.search(words):
        return False
    try:
        ast.parse(words)
    except (SyntaxError, ValueError):
        return bool(_WHY.search(words))
    return False
