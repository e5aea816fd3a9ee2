def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except KeyError:
        return 0
