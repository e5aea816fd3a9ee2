"""How tasks travel to whoever does them: in chunks, and one by one where a chunk has failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Protocol, Self, TypeVar

from codemods.engine.world import Outcome, Task

from .progress import Progress

CHUNK_BYTES = 300_000
CHUNK_FILES = 32
_PATIENCE = 1.0  # seconds without an answer, after which somebody may look what is the matter

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Workers(Protocol):
    """Who does the tasks of a run: processes of this machine, or a cluster's. Nobody is called before there is a task."""

    progress: Progress

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def begin(self) -> None:
        """Tasks will come soon: what takes a while at the start may begin."""

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Every task with its outcome, in any order. Never raises for a task."""


def chunks_of(tasks: Sequence[Task], jobs: int) -> Iterator[list[Task]]:
    """Tasks in chunks of similar size, largest files first so that no worker ends alone."""
    ordered = sorted(tasks, key=lambda t: len(t.data), reverse=True)
    total = sum(len(t.data) for t in tasks)
    size = min(CHUNK_BYTES, total // (4 * jobs) + 1)
    chunk: list[Task] = []
    weight = 0
    for task in ordered:
        chunk.append(task)
        weight += len(task.data)
        if weight >= size or len(chunk) >= CHUNK_FILES:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk


def answers(
    chunks: Iterable[list[Item]],
    submit: Callable[[Sequence[Item]], Future[list[Answer]]],
    failed: Callable[[BaseException], Answer],
    progress: Progress,
    *,
    most: int,
    idle: Callable[[], None] | None = None,
) -> Iterator[tuple[Item, Answer]]:
    """Every item with its answer, in any order; at most so many chunks are on their way.

    A chunk that fails is tried again item by item, to find the one to blame: `failed` gives the answer for that, or
    raises where the whole run cannot go on. `idle` is called again and again while nothing comes back.
    """
    left = list(chunks)[::-1]
    waiting: dict[Future[list[Answer]], Sequence[Item]] = {}
    finished: SimpleQueue[Future[list[Answer]]] = SimpleQueue()
    try:
        while left or waiting:
            while left and len(waiting) < most:
                chunk = left.pop()
                future = submit(chunk)
                waiting[future] = chunk
                future.add_done_callback(finished.put)
            try:
                future = finished.get(timeout=_PATIENCE if idle else None)
            except Empty:
                assert idle
                idle()
                continue
            mine = waiting.pop(future)
            error = _error(future)
            if error is None:
                yield from zip(mine, future.result(), strict=True)
                progress.advance(len(mine))
            elif len(mine) > 1:
                left += [[item] for item in mine]
            else:
                yield mine[0], failed(error)
                progress.advance(1)
    finally:
        for future in waiting:
            future.cancel()


def _error(future: Future[list[Answer]]) -> BaseException | None:
    return CancelledError() if future.cancelled() else future.exception()
