# args: --unsafe
# path: shop.py
# skips: 7 N10-reraises
failures: list[str] = []


def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except Exception as error:
        failures.append(name)
        raise error
