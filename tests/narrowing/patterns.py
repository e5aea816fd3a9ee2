"""Regular expressions that are wrong, groups that are missing."""

import fnmatch
import re


def found(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except Exception:
        return False


def compiled(pattern: str) -> int:
    try:
        return re.compile(pattern).groups
    except Exception:
        return -1


def replaced(pattern: str, by: str, text: str) -> str:
    try:
        return re.sub(pattern, by, text)
    except Exception:
        return "none"


def group(match: re.Match[str], name: str) -> str:
    try:
        return match.group(name)
    except Exception:
        return "none"


NARROWED = ["found", "compiled", "replaced"]
ARRIVE = [
    (re.error.__name__, lambda: found("(", "a")),
    (re.error.__name__, lambda: compiled("*")),
    ("OverflowError", lambda: compiled("a{99999999999999999999}")),
    (re.error.__name__, lambda: replaced("a", r"\2", "a")),
    ("IndexError", lambda: group(re.match("(?P<a>.)", "x"), "b")),
]
