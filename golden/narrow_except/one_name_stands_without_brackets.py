# args: --unsafe
# path: shop.py
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except (KeyError, Exception) as error:
        print(error)
        return 0
# output
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except KeyError as error:
        print(error)
        return 0
