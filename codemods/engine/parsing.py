"""From a text to its tree: every failure says what is wrong, at which line, and which Python the text seems to need."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from .values import Unreadable

NEWLINE = re.compile(r"\r\n|\r|\n")  # what ends a line for Python; str.splitlines knows more
_LINE_FEED = re.compile("\n")
# Syntax that a running Python may not know yet, as it looks on the line of the error.
_CODE = r"""(?i)(?:[^"'#]|"[^"]*"|'[^']*')*?(?<!\w)"""  # up to a place outside of strings
_NEWER = (
    (re.compile(r"\s*(def|class|type|async\s+def)\s+\w+\s*\[[^]=]*="), (3, 13)),
    (re.compile(r"\s*(def|class|async\s+def)\s+\w+\s*\["), (3, 12)),
    (re.compile(r"\s*type\s+\w+\s*(\[.*\])?\s*=(?!=)"), (3, 12)),
    (re.compile(_CODE + r"""(f|fr|rf)(["'])((?!\2).)*\{((?!\2|\}).)*\2.*\}"""), (3, 12)),
    (re.compile(_CODE + r"""(t|tr|rt)["']"""), (3, 14)),
    (re.compile(r"\s*except\*?\s+[\w.]+(\s*,\s*[\w.]*[A-Z]\w*)+\s*:"), (3, 14)),
)


def line_starts(text: str) -> list[int]:
    """Character offset of each line's start, by Python's idea of a line."""
    newline = NEWLINE if "\r" in text else _LINE_FEED
    return [0, *(m.end() for m in newline.finditer(text))]


@contextmanager
def refusals(text: str) -> Iterator[None]:
    """What Python refuses in a text is Unreadable, and what it warns of is kept quiet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except SyntaxError as error:
            raise Unreadable(f"{error.msg}{_newer_syntax(text, error)}", error.lineno or _line_of_nul(text)) from None
        except (ValueError, RecursionError, MemoryError) as error:
            raise Unreadable(str(error) or "too complex for Python to parse", _line_of_nul(text)) from None


def parse(text: str, feature_version: tuple[int, int] | None = None) -> ast.Module:
    """`ast.parse`. Raises Unreadable."""
    with refusals(text):
        return ast.parse(text, feature_version=feature_version)


def _line_of_nul(text: str) -> int:
    """Where the one character stands that Python refuses without a line."""
    return len(NEWLINE.findall(text, 0, max(text.find("\0"), 0))) + 1


def _newer_syntax(text: str, error: SyntaxError) -> str:
    """What to say when the line of an error holds syntax newer than the running Python's."""
    if "f-string expression part cannot include" in error.msg:
        return " (needs Python 3.12 or newer)"
    lines = NEWLINE.split(text)
    line = lines[error.lineno - 1] if error.lineno and error.lineno <= len(lines) else ""
    for pattern, version in _NEWER:
        if sys.version_info < version and pattern.match(line):
            return " (seems to need Python {}.{} or newer)".format(*version)
    return ""
