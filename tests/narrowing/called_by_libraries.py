"""Methods that the standard library calls: copies, pickles, closing."""

import contextlib
import copy
import pickle


class Odd(Exception):
    pass


def bad(*given, **more):  # type: ignore[no-untyped-def]
    raise Odd


class Cp:
    def __copy__(self):
        bad()

    def __deepcopy__(self, m):
        bad()

    def __reduce__(self):
        bad()

    def __getstate__(self):
        bad()


class Cl:
    def close(self):
        bad()


def copied():
    try:
        int("1")
        copy.copy(Cp())
    except Exception:
        return "handled"


def copied_deeply():
    try:
        int("1")
        copy.deepcopy([Cp()])
    except Exception:
        return "handled"


def pickled():
    try:
        int("1")
        pickle.dumps(Cp())
    except Exception:
        return "handled"


def closed():
    try:
        int("1")
        with contextlib.closing(Cl()):
            pass
    except Exception:
        return "handled"


ARRIVE = [
    ("Odd", copied),
    ("Odd", copied_deeply),
    ("Odd", pickled),
    ("Odd", closed),
]
