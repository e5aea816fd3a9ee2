"""shlex, string.Template, and methods of text."""

import shlex
import string
import textwrap


def words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except Exception:
        return []


def filled(form: str, values: dict[str, str]) -> str:
    try:
        return string.Template(form).substitute(values)
    except Exception:
        return "none"


def place(text: str, word: str) -> int:
    try:
        return text.index(word)
    except Exception:
        return -1


def pair(line: str) -> str:
    try:
        key, value = line.split("=")
    except Exception:
        return "none"
    return value + key


def wrapped(text: str, width: int) -> list[str]:
    try:
        return textwrap.wrap(text, width)
    except Exception:
        return []


def letter(text: str, number: int) -> str:
    try:
        return text[number]
    except Exception:
        return "none"


def code(number: int) -> str:
    try:
        return chr(number)
    except Exception:
        return "none"


def split_at_nothing(text: str, by: str) -> list[str]:
    try:
        return text.split(by)
    except Exception:
        return []


NARROWED = ["words", "filled", "place", "pair", "letter", "code"]
ARRIVE = [
    ("ValueError", lambda: words('a "b')),
    ("KeyError", lambda: filled("$a", {})),
    ("ValueError", lambda: filled("$", {})),
    ("ValueError", lambda: place("abc", "d")),
    ("ValueError", lambda: pair("a")),
    ("ValueError", lambda: pair("a=b=c")),
    ("ValueError", lambda: wrapped("a", 0)),
    ("IndexError", lambda: letter("", 0)),
    ("ValueError", lambda: code(-1)),
    ("ValueError", lambda: split_at_nothing("a", "")),
]
