"""Decorators that raise, that translate and that swallow."""

import functools


class Denied(Exception):
    pass


class Failed(Exception):
    pass


def allowed(func):
    @functools.wraps(func)
    def wrapper(name: str) -> int:
        if name == "root":
            raise Denied
        return func(name)

    return wrapper


def translated(func):
    @functools.wraps(func)
    def wrapper(name: str) -> int:
        try:
            return func(name)
        except KeyError as error:
            raise Failed(name) from error

    return wrapper


def limited(most: int):
    def decorate(func):
        @functools.wraps(func)
        def wrapper(name: str) -> int:
            if len(name) > most:
                raise Denied(name)
            return func(name)

        return wrapper

    return decorate


def quiet(func):
    @functools.wraps(func)
    def wrapper(name: str) -> int:
        try:
            return func(name)
        except Exception:
            return -9

    return wrapper


PRICES = {"apple": 3}


@allowed
def price(name: str) -> int:
    return PRICES[name]


@translated
def stock(name: str) -> int:
    return PRICES[name]


@limited(5)
@translated
def both(name: str) -> int:
    return PRICES[name]


@quiet
def hushed(name: str) -> int:
    return PRICES[name]


@functools.cache
def kept(name: str) -> int:
    return PRICES[name]


def shown(name: str) -> int:
    try:
        return price(name)
    except Exception:
        return -1


def counted(name: str) -> int:
    try:
        return stock(name)
    except Exception:
        return -2


def limited_and_counted(name: str) -> int:
    try:
        return both(name)
    except Exception:
        return -3


def from_cache(name: str) -> int:
    try:
        return kept(name)
    except Exception:
        return -4


NARROWED = ["from_cache"]
ARRIVE = [
    ("Denied", lambda: shown("root")),
    ("KeyError", lambda: shown("pear")),
    ("Failed", lambda: counted("pear")),
    ("Denied", lambda: limited_and_counted("pineapple")),
    ("Failed", lambda: limited_and_counted("pear")),
    ("KeyError", lambda: hushed("pear")),
    ("KeyError", lambda: from_cache("pear")),
]
