"""What a cluster's worker gets and gives: tasks and outcomes as bytes, with the source of the user's own codemods.

The worker that talks to the scheduler reads none of it: only the processes that it starts for the work do, which
may die of a file.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from codemods.engine import registry
from codemods.engine.registry import Lent
from codemods.engine.world import Outcome, Task

from .identity import Identity


@dataclass(frozen=True)
class Order:
    """How a worker must be to be given tasks: the same code, and the codemods that only the user has."""

    identity: Identity
    installed: tuple[str, ...]
    lent: tuple[Lent, ...]
    timeout: float  # seconds for one file


@dataclass(frozen=True)
class Parcel:
    """Some tasks for one worker."""

    order: Order
    tasks: bytes
    count: int


@dataclass(frozen=True)
class Item:
    """One task of a parcel. All of one parcel share its bytes, and travel with them once."""

    tasks: bytes
    lent: tuple[Lent, ...]
    number: int


def packed(tasks: Sequence[Task], order: Order) -> Parcel:
    return Parcel(order=order, tasks=pickle.dumps(list(tasks), 5), count=len(tasks))


def items(parcel: Parcel) -> list[Item]:
    return [Item(tasks=parcel.tasks, lent=parcel.order.lent, number=n) for n in range(parcel.count)]


def outcome(answer: bytes | Outcome) -> Outcome:
    """What came back for one task: the worker itself says only which file a process has died of."""
    if isinstance(answer, Outcome):
        return answer
    found = pickle.loads(answer)
    assert isinstance(found, Outcome)
    return found


def work_items(chosen: Sequence[Item]) -> list[bytes]:
    """Runs in a process of a cluster's worker: these of the parcel's tasks, each outcome as bytes."""
    from ..workers import work_chunk

    registry.lend(chosen[0].lent)
    tasks = _tasks(chosen[0].tasks)
    return [pickle.dumps(o, 5) for o in work_chunk([tasks[item.number] for item in chosen])]


@lru_cache(1)  # a parcel that has failed comes again file by file
def _tasks(data: bytes) -> list[Task]:
    found: list[Task] = pickle.loads(data)
    return found


def ready(orders: Sequence[Order]) -> list[str]:
    """Runs there too: whether the user's own codemods can be loaded; else why not."""
    return [_reason(order.lent) for order in orders]


def _reason(lent: Iterable[Lent]) -> str:
    registry.lend(lent)
    for each in lent:
        try:
            registry.load(each.where)
        except registry.UnknownCodemod as error:
            return str(error)
    return ""
