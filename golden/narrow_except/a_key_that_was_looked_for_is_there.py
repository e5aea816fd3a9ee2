# args: --unsafe
# path: shop.py
def price(prices: dict[str, str], name: str) -> int:
    try:
        if name in prices:
            return int(prices[name])
        return 0
    except Exception:
        return -1


def first(prices: dict[str, str], name: str) -> int:
    try:
        if name not in prices:
            return 0
        return int(prices[name])
    except Exception:
        return -1


def total(prices: dict[str, str]) -> int:
    found = 0
    try:
        for name in prices:
            found += int(prices[name])
    except Exception:
        return -1
    return found


def some(prices: dict[str, str], names: list[str]) -> list[int]:
    try:
        return [int(prices[name]) for name in names if name in prices]
    except Exception:
        return []


def either(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name]) if name in prices else 0
    except Exception:
        return -1
# output
def price(prices: dict[str, str], name: str) -> int:
    try:
        if name in prices:
            return int(prices[name])
        return 0
    except ValueError:
        return -1


def first(prices: dict[str, str], name: str) -> int:
    try:
        if name not in prices:
            return 0
        return int(prices[name])
    except ValueError:
        return -1


def total(prices: dict[str, str]) -> int:
    found = 0
    try:
        for name in prices:
            found += int(prices[name])
    except ValueError:
        return -1
    return found


def some(prices: dict[str, str], names: list[str]) -> list[int]:
    try:
        return [int(prices[name]) for name in names if name in prices]
    except ValueError:
        return []


def either(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name]) if name in prices else 0
    except ValueError:
        return -1
