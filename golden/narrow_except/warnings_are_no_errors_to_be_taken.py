# args: --unsafe
# path: shop.py
import warnings


def price(prices: dict[str, int], name: str) -> int:
    warnings.warn("use stock()", DeprecationWarning)
    return prices[name]


def shown(prices: dict[str, int], name: str) -> int:
    try:
        return price(prices, name)
    except Exception:
        return 0
# output
import warnings


def price(prices: dict[str, int], name: str) -> int:
    warnings.warn("use stock()", DeprecationWarning)
    return prices[name]


def shown(prices: dict[str, int], name: str) -> int:
    try:
        return price(prices, name)
    except KeyError:
        return 0
