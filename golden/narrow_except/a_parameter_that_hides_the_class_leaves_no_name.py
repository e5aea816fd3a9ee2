# args: --unsafe
# path: shop.py
# skips: 12 N04-no-name
class Missing(Exception):
    pass


def load(name: str) -> str:
    raise Missing(name)


def price(name: str, Missing: int) -> str:
    try:
        return load(name)
    except Exception:
        return str(Missing)
