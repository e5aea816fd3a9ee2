# args: --unsafe
# path: shop.py
# skips: 4 N21-signed
# skips: 11 N21-signed
# skips: 18 N21-signed
def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception:  # noqa: BLE001
        return 0


def stock(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception:  # pylint: disable=broad-except
        return 0


def weight(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception:  # a price must never stop the till
        return 0
