"""Where the keys of a review come from: a terminal, one key at a time, or lines of a pipe."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import sys
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from ..terminal import printable

_ARROWS = {b"\x1b[A": "k", b"\x1b[B": "j", b"\x1b[C": "j", b"\x1b[D": "k", b"\x1bOA": "k", b"\x1bOB": "j"}
_ASKS = {"g": "go to (a number or a path): ", "/": "search for: "}
_SLICE = 0.02  # seconds of work between two looks for a key


class Key(NamedTuple):
    """A key, and what was typed with it."""

    name: str
    argument: str = ""


class Keys(Protocol):
    def read(self, work: Callable[[float], bool]) -> Key:
        """The next key; `work` may be done until it comes, and says whether there is more. "q" at the end."""

    def aside(self) -> contextlib.AbstractContextManager[None]:
        """Lend the terminal to another program."""


@contextmanager
def keys() -> Iterator[Keys]:
    """One key without Enter where stdin is a terminal that can do so; lines otherwise."""
    if sys.stdin is None or not sys.stdin.isatty():
        yield Lines()
        return
    try:
        usual = termios.tcgetattr(0)
    except termios.error:
        yield Lines()
        return
    terminal = Terminal(usual)
    resumed = signal.signal(signal.SIGCONT, lambda number, frame: terminal.by_keys())  # after Ctrl-Z
    try:
        terminal.by_keys()
        yield terminal
    finally:
        signal.signal(signal.SIGCONT, resumed)
        terminal.as_usual()


class Lines:
    """A key a line, with its argument: `y`, `g 5`, `/word`, `e=path`."""

    def read(self, work: Callable[[float], bool]) -> Key:
        while line := sys.stdin.buffer.readline() if sys.stdin else b"":
            text = line.decode("utf-8", "surrogateescape").strip("\r\n")
            if not text.strip():
                continue
            text = text.lstrip()
            key = Key(text[0], re.sub(r"^\s*=?\s*", "", text[1:]).rstrip() if text[0] != "/" else text[1:])
            if not (sys.stdin.isatty() and sys.stdout.isatty()):
                print(printable(text))
            return key
        print()
        return Key("q")

    @contextmanager
    def aside(self) -> Iterator[None]:
        yield


class Terminal:
    """A terminal that gives each key at once. Ctrl-C stays what it is."""

    def __init__(self, usual: list[object]) -> None:
        self.usual = usual
        self.waits = False

    def by_keys(self) -> None:
        with contextlib.suppress(termios.error):
            tty.setcbreak(0, termios.TCSADRAIN)

    def as_usual(self) -> None:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(0, termios.TCSADRAIN, self.usual)  # type: ignore[arg-type]

    def read(self, work: Callable[[float], bool]) -> Key:
        sys.stdout.flush()
        while not select.select([0], [], [], 0)[0] and work(_SLICE):
            pass
        data = os.read(0, 1)
        if data == b"\x1b":
            while select.select([0], [], [], 0.05)[0] and len(data) < 3:
                data += os.read(0, 1)
        elif data >= b"\xc0":
            while select.select([0], [], [], 0)[0] and len(data) < 4:
                data += os.read(0, 1)
        name = _ARROWS.get(data) or ("q" if data in (b"", b"\x04") else data.decode("utf-8", "replace"))
        if name in "\r\n \t":
            return Key("")
        print(printable(name))
        return Key(name, self._ask(_ASKS[name]) if name in _ASKS else "")

    def _ask(self, words: str) -> str:
        with self.aside():
            print(words, end="", flush=True)
            data = b""
            while not data.endswith(b"\n") and (more := os.read(0, 4096)):
                data += more
        return data.decode("utf-8", "surrogateescape").strip()

    @contextmanager
    def aside(self) -> Iterator[None]:
        self.as_usual()
        try:
            yield
        finally:
            self.by_keys()
