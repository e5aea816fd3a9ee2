# args: --unsafe
# path: shop.py
# skips: 9 N01-unknown
class Shop:
    def open(self) -> int:
        return 1


def run(shop: Shop, name: str) -> int:
    try:
        return getattr(shop, name)()
    except Exception:
        return 0
