# args: --unsafe
# path: shop.py
class NoPrice(Exception):
    pass


def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except KeyError as error:
        raise NoPrice(name) from error


def shown(prices: dict[str, int], name: str) -> int:
    try:
        return price(prices, name)
    except Exception:
        return 0
# output
class NoPrice(Exception):
    pass


def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except KeyError as error:
        raise NoPrice(name) from error


def shown(prices: dict[str, int], name: str) -> int:
    try:
        return price(prices, name)
    except NoPrice:
        return 0
