# args: --unsafe
# path: shop.py
def taken(prices: dict[str, str], name: str) -> int:
    try:
        if name in prices:
            del prices[name]
            return int(prices[name])
        return 0
    except Exception:
        return -1


def popped(prices: dict[str, str], name: str) -> int:
    try:
        if name in prices:
            prices.pop(name, None)
            return int(prices[name])
        return 0
    except Exception:
        return -1


def another(prices: dict[str, str], name: str) -> int:
    try:
        if name in prices:
            name = name.upper()
            return int(prices[name])
        return 0
    except Exception:
        return -1


def other(prices: dict[str, str], weights: dict[str, str], name: str) -> int:
    try:
        if name in prices:
            return int(weights[name])
        return int(prices[name])
    except Exception:
        return -1


def in_a_list(prices: list[str], place: int) -> int:
    try:
        if place in prices:
            return int(prices[place])
        return 0
    except Exception:
        return -1
# output
def taken(prices: dict[str, str], name: str) -> int:
    try:
        if name in prices:
            del prices[name]
            return int(prices[name])
        return 0
    except (KeyError, ValueError):
        return -1


def popped(prices: dict[str, str], name: str) -> int:
    try:
        if name in prices:
            prices.pop(name, None)
            return int(prices[name])
        return 0
    except (KeyError, ValueError):
        return -1


def another(prices: dict[str, str], name: str) -> int:
    try:
        if name in prices:
            name = name.upper()
            return int(prices[name])
        return 0
    except (KeyError, ValueError):
        return -1


def other(prices: dict[str, str], weights: dict[str, str], name: str) -> int:
    try:
        if name in prices:
            return int(weights[name])
        return int(prices[name])
    except (KeyError, ValueError):
        return -1


def in_a_list(prices: list[str], place: int) -> int:
    try:
        if place in prices:
            return int(prices[place])
        return 0
    except (IndexError, ValueError):
        return -1
