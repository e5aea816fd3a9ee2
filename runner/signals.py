"""SIGTERM and SIGHUP end a run as Ctrl-C does: folders removed, workers ended. While files are written, all three wait."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from .errors import INTERRUPTED

_ENDING = (signal.SIGTERM, signal.SIGHUP)
_delivered: list[str] = []
to_end: list[Callable[[], None]] = []  # called first when we are told to end; they must not raise


class Terminated(KeyboardInterrupt):
    """SIGTERM or SIGHUP, for which Python itself has no exception."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


def exit_code(error: KeyboardInterrupt) -> int:
    """What the shell gets for an interruption: 128 and the signal, 130 for Ctrl-C."""
    return 128 + error.number if isinstance(error, Terminated) else INTERRUPTED


def delivered(what: str) -> None:
    """Note what was written and how to take it back, while signals are held: what ends the run from now on says so."""
    _delivered.append(what)


def noted(what: str) -> None:
    """The same for what happens elsewhere, one after the other: told once, before the first."""
    if what not in _delivered:
        _delivered.append(what)


def so_far() -> tuple[str, ...]:
    """What was written before the run ended early."""
    return tuple(_delivered)


def end_cleanly() -> None:
    """From now on both raise `Terminated`. What we were told to ignore (`nohup`) stays ignored."""
    for number in (signal.SIGINT, *_ENDING):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    for end in to_end:
        end()
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    for other in _ENDING:  # `timeout` and others send it twice: the next one must not interrupt the clean-up
        signal.signal(other, signal.SIG_IGN)
    raise Terminated(number)


def ignore() -> None:
    """Let what is left of the process, clean-up, come to its end."""
    for number in (signal.SIGINT, *_ENDING):
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def together() -> Iterator[None]:
    """What is begun in the block is finished before an interruption: of half of it nobody would know."""
    with held() as came:
        yield
    if came:
        signal.raise_signal(came[0])


@contextmanager
def held() -> Iterator[list[int]]:
    """Ctrl-C, SIGTERM and SIGHUP wait: half of a change is worse than a moment more.

    Gives a list of those that came. It is the caller who answers for them. They come to the main thread alone.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield came
        return
    usual = {number: signal.getsignal(number) for number in (signal.SIGINT, *_ENDING)}
    mine = [number for number, handler in usual.items() if handler is not signal.SIG_IGN]
    for number in mine:
        signal.signal(number, lambda number, frame: came.append(number))
    try:
        yield came
    finally:
        for number in mine:
            signal.signal(number, usual[number])
