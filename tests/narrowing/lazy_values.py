"""Iterators that are made in one place and used up in another."""

import collections
import itertools


class Odd(Exception):
    pass


def bad(*given, **more):  # type: ignore[no-untyped-def]
    raise Odd


class It:
    def __iter__(self):
        return self

    def __next__(self):
        bad()


def takes(g):
    try:
        int("1")
        return next(g)
    except Exception:
        return "handled"


def looped():
    m = map(bad, [1])
    try:
        int("1")
        for x in m:
            pass
    except Exception:
        return "handled"


def the_next():
    m = map(bad, [1])
    try:
        int("1")
        next(m)
    except Exception:
        return "handled"


def the_next_of_a_generator():
    g = (bad(x) for x in [1])
    try:
        int("1")
        next(g)
    except Exception:
        return "handled"


def listed():
    g = (bad(x) for x in [1])
    try:
        int("1")
        list(g)
    except Exception:
        return "handled"


def filtered():
    g = filter(bad, [1])
    try:
        int("1")
        list(g)
    except Exception:
        return "handled"


def handed_over():
    return takes(map(bad, [1]))


def a_slice_of_it():
    try:
        int("1")
        list(itertools.islice(It(), 3))
    except Exception:
        return "handled"


def as_a_dict():
    try:
        int("1")
        dict(It())
    except Exception:
        return "handled"


def extended():
    try:
        int("1")
        [].extend(It())
    except Exception:
        return "handled"


def joined():
    try:
        int("1")
        "".join(It())
    except Exception:
        return "handled"


def in_a_queue():
    try:
        int("1")
        collections.deque(It())
    except Exception:
        return "handled"


def updated():
    try:
        int("1")
        {}.update(It())
    except Exception:
        return "handled"


def added():
    try:
        int("1")
        x = []
        x += It()
    except Exception:
        return "handled"


ARRIVE = [
    ("Odd", looped),
    ("Odd", the_next),
    ("Odd", the_next_of_a_generator),
    ("Odd", listed),
    ("Odd", filtered),
    ("Odd", handed_over),
    ("Odd", a_slice_of_it),
    ("Odd", as_a_dict),
    ("Odd", extended),
    ("Odd", joined),
    ("Odd", in_a_queue),
    ("Odd", updated),
    ("Odd", added),
]
