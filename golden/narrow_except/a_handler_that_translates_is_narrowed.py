# args: --unsafe
# path: shop.py
class NoPrice(Exception):
    pass


def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception as error:
        raise NoPrice(name) from error
# output
class NoPrice(Exception):
    pass


def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except KeyError as error:
        raise NoPrice(name) from error
