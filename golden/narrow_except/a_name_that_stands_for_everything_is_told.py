# args: --unsafe
# path: shop.py
# skips: 8 N09-alias
# skips: 15 N09-alias
ERRORS = (ValueError, Exception)
Everything = Exception


def price(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except ERRORS:
        return 0


def weight(text: str) -> int:
    try:
        return int(text)
    except Everything:
        return 0
