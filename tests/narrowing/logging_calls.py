"""Logging inside of what is guarded."""

import logging

log = logging.getLogger("calls")
log.addHandler(logging.NullHandler())
log.propagate = False


class Unnamed(Exception):
    pass


class Item:
    def __str__(self) -> str:
        raise Unnamed


def price(prices: dict[str, int], name: str) -> int:
    try:
        log.info("price of %s", name)
        return prices[name]
    except Exception:
        log.exception("no price of %s", name)
        return -1


def told(item: Item) -> bool:
    try:
        log.error(f"sold {item}")
    except Exception:
        return False
    return True


def level(name: str) -> bool:
    try:
        log.setLevel(name)
    except Exception:
        return False
    return True


NARROWED = ["price", "told"]
ARRIVE = [
    ("KeyError", lambda: price({}, "a")),
    ("Unnamed", lambda: told(Item())),
    ("ValueError", lambda: level("LOUD")),
]
