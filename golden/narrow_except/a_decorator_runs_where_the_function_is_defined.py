# args: --unsafe
# path: shop.py
# skips: 29 N01-unknown
import contextlib
import plugins


class Closed(Exception):
    """The register takes no more."""


def registered(function):
    raise Closed


def price(prices: dict, name: str) -> int:
    try:
        @registered
        def twice():
            return 2
        return prices[name]
    except Exception:
        return 0


def stock(prices: dict, name: str) -> int:
    try:
        @plugins.hook
        def twice():
            return 2
        return prices[name]
    except Exception:
        return 0


def managed(prices: dict, name: str) -> int:
    try:
        @contextlib.contextmanager
        def twice():
            yield 2
        return prices[name]
    except Exception:
        return 0
# output
import contextlib
import plugins


class Closed(Exception):
    """The register takes no more."""


def registered(function):
    raise Closed


def price(prices: dict, name: str) -> int:
    try:
        @registered
        def twice():
            return 2
        return prices[name]
    except (KeyError, Closed):
        return 0


def stock(prices: dict, name: str) -> int:
    try:
        @plugins.hook
        def twice():
            return 2
        return prices[name]
    except Exception:
        return 0


def managed(prices: dict, name: str) -> int:
    try:
        @contextlib.contextmanager
        def twice():
            yield 2
        return prices[name]
    except KeyError:
        return 0
