# args: --unsafe
# path: shop.py
# skips: 4 N22-generic-use
def price(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except Exception as error:
        return -1 if type(error) is KeyError else 0
