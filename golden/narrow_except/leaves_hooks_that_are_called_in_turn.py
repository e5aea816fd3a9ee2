# args: --unsafe
# path: shop.py
# skips: 10 N11-callback
from collections.abc import Callable

hooks: list[Callable[[str], None]] = []


def sold(name: str) -> None:
    for hook in hooks:
        try:
            hook(name)
        except Exception:
            print("a hook failed")
