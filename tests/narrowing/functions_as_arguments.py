"""sorted, map, filter, max and reduce call what they are given."""

import functools
import itertools

PRICES = {"apple": 3, "pear": 2}


def price(name: str) -> int:
    return PRICES[name]


def cheap(name: str) -> bool:
    return PRICES[name] < 3


def share(total: int, name: str) -> int:
    return total // PRICES[name]


def cheapest(names: list[str]) -> list[str]:
    try:
        return sorted(names, key=price)
    except Exception:
        return []


def dearest(names: list[str]) -> str:
    try:
        return max(names, key=price)
    except Exception:
        return "none"


def mapped(names: list[str]) -> list[int]:
    try:
        return list(map(price, names))
    except Exception:
        return []


def numbers(texts: list[str]) -> int:
    try:
        return sum(map(int, texts))
    except Exception:
        return -1


def filtered(names: list[str]) -> list[str]:
    try:
        return list(filter(cheap, names))
    except Exception:
        return []


def reduced(names: list[str]) -> int:
    try:
        return functools.reduce(share, names, 100)
    except Exception:
        return -1


def grouped(names: list[str]) -> int:
    try:
        return len(list(itertools.groupby(names, price)))
    except Exception:
        return -1


def sorted_in_place(names: list[str]) -> list[str]:
    try:
        names.sort(key=price)
    except Exception:
        return []
    return names


NARROWED = ["cheapest", "mapped"]
ARRIVE = [
    ("KeyError", lambda: cheapest(["apple", "plum"])),
    ("KeyError", lambda: dearest(["apple", "plum"])),
    ("ValueError", lambda: dearest([])),
    ("KeyError", lambda: mapped(["plum"])),
    ("ValueError", lambda: numbers(["1", "x"])),
    ("KeyError", lambda: filtered(["plum"])),
    ("KeyError", lambda: reduced(["plum"])),
    ("KeyError", lambda: grouped(["plum"])),
    ("KeyError", lambda: sorted_in_place(["plum"])),
]
