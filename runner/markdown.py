"""Text of a project in Markdown and in messages that a forge reads: it stays text. It breaks out of no code, calls
nobody (`@name`) and closes nothing (`fixes #1`)."""

from __future__ import annotations

import re

from .terminal import cut, printable, visible

_CALLS = re.compile(r"[@#!~&$%](?=\w)|\bGH-(?=\d)|(?<=\w):(?=//)", re.I)
_MARKS = re.compile(r"([\\`*_{}\[\]<>~])")


def code(text: str, most: int = 200) -> str:
    """Text of one line as code."""
    plain = cut(printable(text), most) or " "
    ticks = "`" * (_longest(plain) + 1)
    # without spaces a backtick at an end would lengthen them
    space = " " if plain[0] in "` " or plain[-1] in "` " else ""
    return f"{ticks}{space}{plain}{space}{ticks}"


def block(text: str, language: str = "") -> str:
    """Text of several lines as code; what hides in it is shown."""
    shown = visible(text.encode("utf-8", "surrogateescape")).decode("utf-8", "replace").replace("\r\n", "\n")
    ticks = "`" * max(3, _longest(shown) + 1)
    return f"{ticks}{language}\n{shown.rstrip(chr(10))}\n{ticks}"


def _longest(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def defused(text: str) -> str:
    """Text of one line where no code can stand: what calls somebody, names an issue or is an address does so no more."""
    return _CALLS.sub(lambda found: f"{found[0]} ", printable(text))


def plain(text: str) -> str:
    """The same within Markdown, where it makes no link, no image and nothing bold."""
    return _MARKS.sub(r"\\\1", defused(text))
