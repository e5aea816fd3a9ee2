# args: --unsafe
# path: shop.py
# skips: 11 N11-callback
from collections.abc import Callable


class Shop:
    def __init__(self, on_sale: Callable[[str], None]) -> None:
        self.on_sale = on_sale

    def sell(self, name: str) -> bool:
        try:
            self.on_sale(name)
        except Exception:
            return False
        return True
