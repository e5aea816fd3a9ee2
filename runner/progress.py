"""One progress bar on a terminal's stderr, nothing anywhere else."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .config import Options

_SHOW_AFTER = 0.7  # seconds: a run that ends sooner needs no bar


@contextmanager
def bar(options: Options) -> Iterator[Callable[[int], None]]:
    """Lends a function that counts finished files. The bar appears only when the run takes a while."""
    if options.quiet or os.environ.get("CI") or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import (
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    console = Console(stderr=True)
    view = Progress(
        SpinnerColumn(), TextColumn("reading files"), MofNCompleteColumn(), TimeElapsedColumn(),
        console=console, transient=True,
    )  # fmt: skip
    task = view.add_task("files", total=None)
    timer = threading.Timer(_SHOW_AFTER, view.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda done: view.advance(task, done)
    finally:
        timer.cancel()
        timer.join()
        if view.live.is_started:
            view.stop()
