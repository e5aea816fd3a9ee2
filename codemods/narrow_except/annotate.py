"""The one line of why that a clause gets which stays as it is, in the form that the project's linter reads.

except Exception:  # noqa: BLE001 - one order must not stop the others
except Exception:  # pylint: disable=broad-exception-caught  # one order must not stop the others
except Exception:  # broad: one order must not stop the others
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..engine.names import Names, keywords, last_name
from ..engine.source import Source
from ..engine.values import Edit
from ..facts.exceptions.broad import Broad
from ..facts.exceptions.categories import Category
from ..facts.linters import Linters

_NOQA = re.compile(r"#\s*noqa\s*:\s*[A-Z]+[0-9]+(?:(?P<between>\s*,\s*|\s+)[A-Z]+[0-9]+)*", re.I)
_DISABLE = re.compile(r"#\s*pylint:\s*disable\s*=\s*[\w-]+(?:\s*,\s*[\w-]+)*")
_LEVELS = {"debug", "info", "warning", "error", "critical", "log"}


class Annotation(NamedTuple):
    """The edit, and whether it writes anew a comment that stands there."""

    edit: Edit
    merges: bool


def annotation(file: Source, clause: Broad, why: Category, linters: Linters, more: int = 0) -> Annotation | None:
    """The line of why for a clause; None where it has one, or where there is no room for a comment. `more` is how much longer
    the line gets otherwise."""
    if why.code == "N21-signed":
        return None
    codes = _noqa(file, clause, linters)
    word = "" if codes else _pylint(clause, linters, file)
    line = _line(clause, by_type=bool(codes) and linters.reads_noqa == "ruff")
    text = file.line(line).rstrip()
    comment = file.comments.get(line, "") if "#" in text else ""
    code = text[: len(text) - len(comment)].rstrip() if text.endswith(comment) else text
    if code.endswith("\\") or not code or _is_open(file, clause, line):
        return None
    start = file.line_starts[line - 1] + len(code)
    old = text[len(code) :].lstrip()
    for reason in dict.fromkeys((why.words, why.short)):
        new = _comment(old, codes, word, reason.replace("#", ""))
        counted = f"{code}  {_DISABLE.sub('', new) if word else new}"  # pylint counts what it is told as nothing
        if len(counted) + more <= linters.length:
            break
    else:
        if not codes or linters.reads_noqa != "ruff":  # which minds no line that is long by such a comment
            return None
    if not file.can_hold(new):
        return None
    return Annotation(edit=file.replace((start, start + len(text) - len(code)), f"  {new}"), merges=bool(old))


def _comment(old: str, codes: Sequence[str], word: str, why: str) -> str:
    """The comment of a line that has one already, or none."""
    if codes:
        if found := _NOQA.search(old):
            between = found["between"] or ","
            rest = old[found.end() :]
            merged = old[: found.end()] + "".join(between + c for c in codes if c not in found[0])
            return (
                f"{merged} - {why}{rest}"
                if not rest.strip() or rest.lstrip().startswith("#")
                else f"{merged}{rest}; {why}"
            )
        new = f"# noqa: {','.join(codes)} - {why}"
    elif word:
        if found := _DISABLE.search(old):
            return f"{old[: found.end()]},{word}{old[found.end() :]}  # {why}"
        new = f"# pylint: disable={word}  # {why}"
    else:
        new = f"# broad: {why}"
    return f"{old}  {new}" if old else new


def _line(clause: Broad, by_type: bool) -> int:
    """The line that the comment ends: that of the clause, for ruff that of the type which takes everything."""
    node = clause.node
    if isinstance(node, ast.ExceptHandler) and node.type is not None:
        others = set(clause.beside)
        members = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        return next((m.lineno for m in members if m not in others), node.lineno) if by_type else node.type.lineno
    return node.lineno


def _is_open(file: Source, clause: Broad, line: int) -> bool:
    """Whether a line ends within a text."""
    for node in ast.walk(clause.statement):
        text = isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
        )
        if text and node.lineno <= line < (node.end_lineno or 0):  # type: ignore[attr-defined]
            return True
    return False


# ---- which linter points at it -----------------------------------------------------------------------


def _noqa(file: Source, clause: Broad, linters: Linters) -> tuple[str, ...]:
    """The codes for which a linter that reads `noqa` points at a clause."""
    node = clause.node
    if not isinstance(node, ast.ExceptHandler) or not linters.reads_noqa:
        return ()
    if linters.reads_noqa == "flake8":  # which goes by the one line
        if node.type is not None and not re.search(r"except.*\b(Base)?Exception\b.*:", file.line(node.lineno)):
            return ()
        return linters.bare if clause.kind == "bare" else linters.blind
    if clause.kind == "bare":
        return () if _raises(node.body, "") else linters.bare
    names = file.once(Names)
    if _raises(node.body, node.name or "") or any(_logs(names, n) for s in node.body for n in ast.walk(s)):
        return ()
    return linters.blind


def _raises(body: Sequence[ast.AST], name: str) -> bool:
    """Whether ruff sees that a handler raises again what it caught: it looks into no `try` in there."""
    for node in body:
        match node:
            case ast.Raise(exc=exc, cause=cause):
                value = cause if cause is not None else exc
                if value is None or (isinstance(value, ast.Name) and value.id == name):
                    return True
            case ast.Try() | ast.TryStar() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                continue
            case _ if _raises([*ast.iter_child_nodes(node)], name):
                return True
    return False


def _logs(names: Names, node: ast.AST) -> bool:
    """Whether ruff sees that the exception is logged with its traceback."""
    if not isinstance(node, ast.Call):
        return False
    match node.func:
        case ast.Attribute(value=value, attr=word) if word == "exception" or word in _LEVELS:
            meaning = names.meaning(value)
            imported = bool(meaning) and not meaning.startswith((":", "builtins."))
            tail = last_name(value)
            known = meaning in ("logging", "flask.current_app.logger") if imported else False
            if not known and (imported or not re.match(r"(?i)log|.*(logger|logging)$", tail)):
                return False
        case ast.Name() as func if names.meaning(func).startswith("logging."):
            word = names.meaning(func).removeprefix("logging.")
        case _:
            return False
    if word == "exception":
        return True
    given = keywords(node).get("exc_info")
    return word in _LEVELS and given is not None and not (isinstance(given, ast.Constant) and not given.value)


def _pylint(clause: Broad, linters: Linters, file: Source) -> str:
    """What pylint calls a clause that it points at: one whose handler raises something, right in it, is not."""
    node = clause.node
    if not isinstance(node, ast.ExceptHandler) or any(isinstance(n, ast.Raise) for n in node.body):
        return ""
    if clause.kind == "bare":
        return "bare-except" if linters.pylint_bare else ""
    if not linters.pylint:
        return ""
    old = "disable=broad-except" in file.text and "broad-exception-caught" not in file.text
    return "broad-except" if old else linters.pylint
