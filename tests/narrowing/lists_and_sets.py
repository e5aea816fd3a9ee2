"""Methods of lists, sets, deques and arrays."""

import array
import collections
import heapq
import random


def place(names: list[str], name: str) -> int:
    try:
        return names.index(name)
    except Exception:
        return -1


def popped(names: list[str]) -> str:
    try:
        return names.pop()
    except Exception:
        return "none"


def removed(names: list[str], name: str) -> bool:
    try:
        names.remove(name)
    except Exception:
        return False
    return True


def from_set(names: set[str], name: str) -> bool:
    try:
        names.remove(name)
    except Exception:
        return False
    return True


def any_of(names: set[str]) -> str:
    try:
        return names.pop()
    except Exception:
        return "none"


def left() -> str:
    waiting: collections.deque[str] = collections.deque()
    try:
        return waiting.popleft()
    except Exception:
        return "none"


def least(numbers: list[int]) -> int:
    try:
        return min(numbers)
    except Exception:
        return 0


def smallest() -> int:
    heap: list[int] = []
    try:
        return heapq.heappop(heap)
    except Exception:
        return 0


def small_numbers(numbers: list[int]) -> int:
    try:
        return len(array.array("b", numbers))
    except Exception:
        return -1


def chosen(names: list[str]) -> str:
    try:
        return random.choice(names)
    except Exception:
        return "none"


def sampled(names: list[str], count: int) -> int:
    try:
        return len(random.sample(names, count))
    except Exception:
        return -1


def last_item(values: dict[str, int]) -> str:
    try:
        return values.popitem()[0]
    except Exception:
        return "none"


NARROWED = ["place", "popped", "removed", "from_set", "any_of", "chosen", "sampled", "last_item"]
ARRIVE = [
    ("ValueError", lambda: place([], "a")),
    ("IndexError", lambda: popped([])),
    ("ValueError", lambda: removed([], "a")),
    ("KeyError", lambda: from_set(set(), "a")),
    ("KeyError", lambda: any_of(set())),
    ("IndexError", left),
    ("ValueError", lambda: least([])),
    ("IndexError", smallest),
    ("OverflowError", lambda: small_numbers([300])),
    ("IndexError", lambda: chosen([])),
    ("ValueError", lambda: sampled([], 1)),
    ("KeyError", lambda: last_item({})),
]
