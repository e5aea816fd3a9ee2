"""A codemod with bugs in the parts that no worker runs."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from codemods.engine.codemod import Codemod, Needles, option
from codemods.engine.source import Source
from codemods.engine.values import Part


class Fallen(BaseException):
    """Not even an Exception, and its words have two lines."""


@dataclass(frozen=True)
class Clumsy(Codemod):
    """Fail in the way that --how names."""

    how: str = option("", help="exit, type, base, mute, os, pipe or interrupt")

    def needles(self) -> Needles:
        if self.how:
            _fail(self.how)
        return Needles(("nothing_has_this_word",))

    def find(self, file: Source, mine: object) -> Iterator[Part]:
        yield from ()


def _fail(how: str) -> NoReturn:
    match how:
        case "exit":
            sys.exit(1)
        case "base":
            raise Fallen("first line\nsecond \x1b[2Jline")
        case "mute":
            raise type("Mute", (Exception,), {"__str__": lambda self: 1 / 0})
        case "os":
            os.stat("no/such/place")
        case "pipe":
            raise BrokenPipeError(32, "Broken pipe")
        case "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
    raise TypeError("as told")
