def price(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    except KeyError:
        return 0


def stock(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name] // 1
    except Exception:
        return 0


def weight(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name] // 2
    except KeyError:
        return 0


def size(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name] // 3
    except KeyError:
        return 0
