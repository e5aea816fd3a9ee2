"""What runs in a worker of dask: it hands tasks to processes of its own, as a run on one machine does.

So a file that crashes or never ends costs itself there too, and not a worker of the cluster, which others use as well.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import threading
from dataclasses import dataclass
from functools import cache
from typing import Any

from codemods.engine.world import Outcome

from ..workers import Pool
from . import parcel as packing
from .identity import Differs, difference, identity, on_disk
from .parcel import Order, Parcel

_starting = threading.Lock()


@dataclass(frozen=True)
class _Bench:
    """The processes of this worker. They stay when a run is over: the next one finds them warm."""

    pool: Pool
    code: bytes  # what lay on the disk when they were started


async def prepare(order: Order, dask_worker: Any) -> str:
    """Asked of each worker before a run begins: "", or in one line why it cannot have a part in it."""
    return await asyncio.to_thread(_prepared, order, dask_worker.state.nthreads)


def _prepared(order: Order, threads: int) -> str:
    try:
        bench = _checked(order, threads)
    except Differs as error:
        return str(error)
    [(_, answer)] = bench.pool.each(packing.ready, [[order]], order.timeout)
    return answer.reason if isinstance(answer, Outcome) else answer


def work(parcel: Parcel) -> list[bytes | Outcome]:
    """All tasks of a parcel. Raises Differs on a worker that came later and has other code."""
    from distributed import get_worker

    here = get_worker()
    task = here.get_current_task()

    def wanted() -> None:
        """Whoever asked may have been interrupted: then nothing here goes on, for others wait for this worker."""
        known = here.state.tasks.get(task)
        if known is None or known.state == "cancelled":
            raise Unwanted

    bench = _checked(parcel.order, here.state.nthreads)
    done = bench.pool.each(packing.work_items, [packing.items(parcel)], parcel.order.timeout, wanted)
    found = {item.number: answer for item, answer in done}
    return [found[number] for number in range(parcel.count)]


class Unwanted(Exception):
    """Nobody waits for the answer any more."""


def _checked(order: Order, threads: int) -> _Bench:
    with _starting:
        bench = _bench(threads)
    if bench.code != on_disk():
        raise Differs("its code was replaced after it had started; restart it")
    if told := difference(order.identity, identity(order.installed)):
        raise Differs(f"{told}; all machines need the same")
    return bench


@cache
def _bench(threads: int) -> _Bench:
    multiprocessing.current_process().daemon = False  # one that dask's nanny watches could start no process else
    pool = Pool(threads, timeout=60)
    pool.begin()
    return _Bench(pool=pool, code=on_disk())
