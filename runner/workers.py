"""A pool of local processes that survives a crashing or hanging worker: one bad file costs one file.

The standard pool loses all work in flight when a worker dies, so Pebble runs it. Files travel in
chunks; a chunk that fails is tried again file by file, to find the one to blame.
"""

from __future__ import annotations

import fcntl
import gc
import os
import select
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from functools import partial
from types import TracebackType
from typing import Any, Self

from codemods.engine.world import Outcome, Task

from .chunks import Answer, Item, answers, chunks_of
from .progress import Progress
from .signals import together

MOST_JOBS = 4  # workers a processor: more gain nothing, and a project's configuration may ask for a thousand
LONGEST_TEMP = 64  # bytes: the socket of the fork server lies below it, and its whole path has 104 at most


def default_jobs() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# what `ast.parse` takes may be thousands of levels deep (a long `elif` chain, a sum of many terms)
RECURSION = 50_000  # levels of Python calls
STACK = 512 << 20  # bytes of address space for them; only what is used becomes memory


def work_chunk(tasks: Sequence[Task]) -> list[Outcome]:
    """Runs in a worker: all tasks, on a stack that is deep enough for what Python itself parses."""
    from codemods.engine.work import work

    done: list[Outcome] = []
    thread = threading.Thread(target=lambda: done.extend(map(work, tasks)))
    thread.start()
    thread.join()
    if len(done) < len(tasks):
        raise RuntimeError("the worker gave no answer")
    gc.collect()
    gc.freeze()  # what is left stays: modules and what they keep; the next look passes it over
    return done


def _settle_in() -> None:
    """Runs once in each worker: an interrupt is the parent's business, deep trees are welcome.

    Syntax trees have no cycles, so looking for some while a tree grows is lost time: a fifth of all
    parsing. `work_chunk` looks once at its end.
    """

    gc.disable()

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # the pool's own handler runs between two steps of Python: a regular expression that never ends would outlive us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_the_run()
    sys.setrecursionlimit(RECURSION)
    threading.stack_size(STACK)


def _end_with_the_run() -> None:
    """Whoever kills the run with SIGKILL leaves it no time to end us: the pipe that it held is closed then.

    The kernel looks, where it can (Linux): a regular expression that never ends lets no thread of ours do so.
    """
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is None:
        return
    number = parent.sentinel
    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(number, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(number, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(number, fcntl.F_SETFL, fcntl.fcntl(number, fcntl.F_GETFL) | os.O_ASYNC)
        if not select.select([number], [], [], 0)[0]:  # it may have ended before
            return

    def watch() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


class Pool:
    """Starts its processes when there is something to look into, so that a run that finds nothing starts none."""

    def __init__(self, jobs: int, timeout: float, progress: Progress | None = None) -> None:
        self.jobs = min(jobs, MOST_JOBS * default_jobs()) or default_jobs()
        self.timeout = timeout  # seconds for one file
        self.progress = progress or Progress()
        self._context: Any = None
        self._pool: Any = None
        self._starting = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            if kind is None:
                self._pool.close()
            else:
                self._pool.stop()
            self._pool.join()

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Every task with its outcome, in any order. Never raises for a task."""
        return self.each(work_chunk, chunks_of(tasks, self.jobs), self.timeout)

    def each(
        self,
        function: Callable[[Sequence[Item]], list[Answer]],
        chunks: Iterable[list[Item]],
        timeout: float,
        idle: Callable[[], None] | None = None,
    ) -> Iterator[tuple[Item, Answer | Outcome]]:
        """Every item with what the function gives for it in a process of ours; the time is for one item.

        What `idle` raises, asked while nothing comes back, ends the processes that are at it.
        """

        def submit(chunk: Sequence[Item]) -> Future[list[Answer | Outcome]]:
            # a chunk gets little more time than one file: one that is late is tried again file by file
            return self._submit(function, chunk, timeout if len(chunk) == 1 else timeout * 1.5)

        failed = partial(crash, timeout=timeout)
        return answers(chunks, submit, failed, self.progress, most=4 * self.jobs, idle=idle)

    def begin(self) -> None:
        """Start the process that all workers are copied from: it imports while the parent still reads."""
        if self._context is not None:
            return
        import multiprocessing

        # the helpers of multiprocessing start as `python -c`, which looks into the current folder first:
        # the analysed repository must not be there
        os.environ["PYTHONSAFEPATH"] = "1"
        forks = os.name == "posix" and len(os.fsencode(tempfile.gettempdir())) <= LONGEST_TEMP
        if forks:
            self._context = multiprocessing.get_context("forkserver")
        else:
            from .spawned import Spawning

            self._context = Spawning()
        if os.name != "posix":
            return
        from multiprocessing import forkserver, resource_tracker

        with together():
            # a terminal that is closed must not take the process that removes our semaphores before us
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
            resource_tracker.ensure_running()
            if forks:
                self._context.set_forkserver_preload(
                    ["runner.begun", "codemods.engine.work", "codemods.engine.check", "pebble.pool.process"]
                )
                forkserver.ensure_running()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})

    def _submit(self, function: Callable[..., Any], chunk: Sequence[Any], timeout: float) -> Future[Any]:
        with self._starting:  # a cluster's worker may ask from several threads at once
            if self._pool is None:
                from pebble import ProcessPool

                self.begin()
                self._pool = ProcessPool(max_workers=self.jobs, context=self._context, initializer=_settle_in)
        with together():  # the first one starts the workers: none is left that nobody knows of
            future: Future[Any] = self._pool.schedule(function, args=[chunk], timeout=timeout)
        return future


def crash(error: BaseException, timeout: float) -> Outcome:
    """What is told of the one file that a worker has died of, or that took too long."""
    if isinstance(error, TimeoutError):
        limit = "1 second" if timeout == 1 else f"{timeout:g} seconds"
        return Outcome(code="C010-timeout", reason=f"took longer than {limit}")
    return Outcome(code="C006-crashed", reason=f"the worker died ({getattr(error, 'exitcode', error)})")
