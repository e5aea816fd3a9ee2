# args: --unsafe
# path: shop.py
def price(prices: dict[str, str], names: list[str]) -> int:
    try:
        return int(prices[names[0]])
    except LookupError:
        return -1
    except Exception:
        return 0
# output
def price(prices: dict[str, str], names: list[str]) -> int:
    try:
        return int(prices[names[0]])
    except LookupError:
        return -1
    except ValueError:
        return 0
