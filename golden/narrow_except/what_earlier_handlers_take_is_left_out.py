# args: --unsafe
# path: shop.py
def price(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except ValueError:
        return -1
    except Exception:
        return 0
# output
def price(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except ValueError:
        return -1
    except KeyError:
        return 0
