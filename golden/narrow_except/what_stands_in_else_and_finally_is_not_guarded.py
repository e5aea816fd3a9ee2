# args: --unsafe
# path: shop.py
def price(prices: dict[str, int], names: list[str]) -> int:
    try:
        name = names[0]
    except Exception:
        return 0
    else:
        found = prices[name]
    finally:
        print(int("1"))
    return found
# output
def price(prices: dict[str, int], names: list[str]) -> int:
    try:
        name = names[0]
    except IndexError:
        return 0
    else:
        found = prices[name]
    finally:
        print(int("1"))
    return found
