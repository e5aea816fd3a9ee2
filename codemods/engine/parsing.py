"""From a text to its tree: every failure says what is wrong, at which line, and which Python the text seems to need."""

from __future__ import annotations

import ast
import bisect
import io
import re
import sys
import tokenize
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

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


def whole_words(names: Iterable[str], after: str = r"(?!\w)") -> re.Pattern[str]:
    """Any of some names as a whole word. A pattern that begins with `\b` or `(?<!\\w)` tries every character."""
    return _whole_words(frozenset(names), after)


@lru_cache(maxsize=256)  # a hundred names are asked for in each of thousands of files
def _whole_words(names: frozenset[str], after: str) -> re.Pattern[str]:
    tails: dict[str, list[str]] = {}
    for name in sorted(names, reverse=True):
        tails.setdefault(re.escape(name[:1]), []).append(re.escape(name[1:]))
    branches = [f"{first}(?<!\\w.)(?:{'|'.join(rest)})" for first, rest in sorted(tails.items())]
    return re.compile(f"(?:{'|'.join(branches)}){after}" if branches else rf"(?<!\w){after}", re.S)


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


# ---- comments ----------------------------------------------------------------------------------

# a comment, or a text, which may hold a "#"
_COMMENT_OR_TEXT = re.compile(
    r"""
    \#[^\n]*
  | \"{3} [^"\\]* (?: (?: \\. | "(?!"") ) [^"\\]* )* \"{3}
  | '{3} [^'\\]* (?: (?: \\. | '(?!'') ) [^'\\]* )* '{3}
  | " [^"\\\n]* (?: \\. [^"\\\n]* )* "
  | ' [^'\\\n]* (?: \\. [^'\\\n]* )* '
    """,
    re.S | re.X,
)


def comments(text: str, parses: bool = False) -> dict[int, str]:
    """The comments of a text by line number. Tokenising is slow: one that `parses` is looked through by its quotes alone."""
    if "#" not in text:
        return {}
    text = NEWLINE.sub("\n", text)
    found = _between_texts(text) if parses else None
    return _tokenized(text) if found is None else found


def _between_texts(text: str) -> dict[int, str] | None:
    """None where an f-string may hold quotes or comments of its own, as of Python 3.12."""
    starts = [0, *(m.end() for m in _LINE_FEED.finditer(text))]
    newer = sys.version_info >= (3, 12)
    found: dict[int, str] = {}
    for match in _COMMENT_OR_TEXT.finditer(text):
        start = match.start()
        if text[start] == "#":
            found[bisect.bisect_right(starts, start)] = match[0]
        elif newer and text[start - 1 : start].isalpha() and _is_doubtful(match[0]):
            return None
    return found


def _is_doubtful(text: str) -> bool:
    return "{" in text and ("#" in text or text.count("{") != text.count("}"))


def _tokenized(text: str) -> dict[int, str]:
    found: dict[int, str] = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                found[token.start[0]] = token.string
    except (tokenize.TokenError, SyntaxError):
        pass  # what the tokenizer saw before it gave up counts
    return found


# ---- what is wrong with a text -------------------------------------------------------------------


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
