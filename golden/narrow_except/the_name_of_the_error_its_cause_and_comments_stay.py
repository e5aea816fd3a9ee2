# args: --unsafe
# path: shop.py
class NoPrice(Exception):
    pass


def price(prices: dict[str, int], name: str) -> int:
    try:
        # one price for each name
        return prices[name]  # in pence
    except Exception as error:
        print(error)
        # the caller knows what to do
        raise NoPrice(name) from error  # with its cause
# output
class NoPrice(Exception):
    pass


def price(prices: dict[str, int], name: str) -> int:
    try:
        # one price for each name
        return prices[name]  # in pence
    except KeyError as error:
        print(error)
        # the caller knows what to do
        raise NoPrice(name) from error  # with its cause
