# args: --unsafe
# path: shop.py
# skips: 37 N02-nothing
import contextlib
from collections.abc import Iterator


class Closed(Exception):
    pass


@contextlib.contextmanager
def till(is_open: bool) -> Iterator[None]:
    if not is_open:
        raise Closed
    yield


@contextlib.contextmanager
def forgiving() -> Iterator[None]:
    try:
        yield
    except KeyError:
        print("no such price")


def price(prices: dict[str, int]) -> int:
    try:
        with till(True):
            return prices["apple"]
    except Exception:
        return 0


def forgiven(prices: dict[str, int]) -> int:
    found = 0
    try:
        with forgiving():
            found = prices["apple"]
    except Exception:
        found = 1
    return found
# output
import contextlib
from collections.abc import Iterator


class Closed(Exception):
    pass


@contextlib.contextmanager
def till(is_open: bool) -> Iterator[None]:
    if not is_open:
        raise Closed
    yield


@contextlib.contextmanager
def forgiving() -> Iterator[None]:
    try:
        yield
    except KeyError:
        print("no such price")


def price(prices: dict[str, int]) -> int:
    try:
        with till(True):
            return prices["apple"]
    except (KeyError, Closed):
        return 0


def forgiven(prices: dict[str, int]) -> int:
    found = 0
    try:
        with forgiving():
            found = prices["apple"]
    except Exception:
        found = 1
    return found
