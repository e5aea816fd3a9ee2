"""One line on a terminal's stderr that says what is done now, and how much of how much; nothing anywhere else."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from .config import Options

_SHOW_AFTER = 0.7  # seconds: a run that ends sooner needs no bar
Phase = Literal["scan", "table", "find", "ignores", "compose", "check", "formatting", "writing", "testing"]
_DOING: Mapping[Phase, str] = {
    **{"scan": "reading", "table": "reading", "find": "finding", "ignores": "finding"},
    **{"compose": "composing", "check": "checking", "formatting": "formatting", "writing": "writing"},
    **{"testing": "running tests"},
}


class Progress:
    """Hears of each step, of each phase with the number of its files, and of each file that is finished."""

    def __init__(self) -> None:
        self.name = ""  # of a step among several
        self.doing = "searching"
        self.done, self.total = 0, 0
        self._composed = False

    def __str__(self) -> str:
        count = f" {self.done:,}/{self.total:,}" if self.total else ""
        return f"{self.name}{self.doing}{count}"

    def step(self, name: str, number: int, of: int) -> None:
        """A codemod begins."""
        self.name = f"{name} ({number} of {of}): " if of > 1 else ""
        self._composed = False
        self._begin("searching", 0)

    def phase(self, kind: Phase, total: int) -> None:
        """Tasks of one kind begin. What is read and sought after composing is the check of its result."""
        self._composed = self._composed or kind == "compose"
        checked = self._composed and kind not in ("compose", "formatting", "writing", "testing")
        self._begin("checking" if checked else _DOING[kind], total)

    def advance(self, files: int) -> None:
        self.done += files
        self._show()

    def _begin(self, doing: str, total: int) -> None:
        self.doing, self.done, self.total = doing, 0, total
        self._show()

    def _show(self) -> None:
        """Nothing: nobody looks."""


@contextmanager
def bar(options: Options) -> Iterator[Progress]:
    """Lends what phases and files are told to. The bar appears only when the run takes a while."""
    if options.quiet or os.environ.get("CI") or not sys.stderr.isatty():
        yield Progress()
        return
    from rich.console import Console
    from rich.progress import Progress as View
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    text = TextColumn("{task.description}", markup=False)
    view = View(SpinnerColumn(), text, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    line = view.add_task("searching")

    class Shown(Progress):
        def _show(self) -> None:
            view.update(line, description=str(self))

    timer = threading.Timer(_SHOW_AFTER, view.start)
    timer.daemon = True
    timer.start()
    try:
        yield Shown()
    finally:
        timer.cancel()
        timer.join()
        if view.live.is_started:
            view.stop()
