"""A `finally` that returns swallows; one that goes on does not."""


def swallows(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    finally:
        return -1


def goes_on(prices: dict[str, int], name: str) -> int:
    try:
        return prices[name]
    finally:
        print("looked")


def breaks(prices: dict[str, int], names: list[str]) -> int:
    found = 0
    for name in names:
        try:
            found = prices[name]
        finally:
            break
    return found


def all_of_them(prices: dict[str, int], name: str) -> int:
    try:
        return swallows(prices, name) + breaks(prices, [name]) + goes_on(prices, name)
    except Exception:
        return -2


NARROWED = ["all_of_them"]
ARRIVE = [("KeyError", lambda: all_of_them({}, "a"))]
