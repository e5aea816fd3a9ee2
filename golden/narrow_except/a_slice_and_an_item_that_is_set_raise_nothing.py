# args: --unsafe
# path: shop.py
# skips: 4 N02-nothing
# skips: 11 N02-nothing
def some(names: list[str]) -> list[str]:
    try:
        return names[1:3]
    except Exception:
        return []


def keep(prices: dict[str, int]) -> None:
    try:
        prices["apple"] = 3
    except Exception:
        print("not kept")
