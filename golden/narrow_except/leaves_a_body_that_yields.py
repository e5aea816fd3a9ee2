# args: --unsafe
# path: shop.py
# skips: 9 N20-yields
import contextlib
from collections.abc import Iterator


@contextlib.contextmanager
def quiet(prices: dict[str, int]) -> Iterator[int]:
    try:
        yield prices["apple"]
    except Exception:
        print("something went wrong")
