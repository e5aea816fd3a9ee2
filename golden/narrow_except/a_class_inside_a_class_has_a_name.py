# args: --unsafe
# path: shop.py
class Shop:
    class Missing(Exception):
        pass

    def load(self, name: str) -> str:
        raise Shop.Missing(name)


def price(shop: Shop, name: str) -> str:
    try:
        return shop.load(name)
    except Exception:
        return ""
# output
class Shop:
    class Missing(Exception):
        pass

    def load(self, name: str) -> str:
        raise Shop.Missing(name)


def price(shop: Shop, name: str) -> str:
    try:
        return shop.load(name)
    except Shop.Missing:
        return ""
