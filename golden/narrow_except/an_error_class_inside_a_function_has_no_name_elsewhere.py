# args: --unsafe
# path: shop.py
# skips: 11 N04-no-name
def load(name: str) -> str:
    class Missing(Exception):
        pass

    raise Missing(name)


def price(name: str) -> str:
    try:
        return load(name)
    except Exception:
        return ""
