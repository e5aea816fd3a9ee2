# args: --unsafe
# path: shop.py
# skips: 22 N02-nothing
def nested(prices: dict[str, int]) -> int:
    def look(name: str) -> int:
        return prices[name]

    try:
        return look("apple")
    except Exception:
        return 0


def with_a_lambda(names: list[str]) -> str:
    first = lambda: names[0]
    try:
        return first()
    except Exception:
        return ""


def only_made(names: list[str]) -> str:
    try:
        first = lambda: names[0]
    except Exception:
        return ""
    return first()
# output
def nested(prices: dict[str, int]) -> int:
    def look(name: str) -> int:
        return prices[name]

    try:
        return look("apple")
    except KeyError:
        return 0


def with_a_lambda(names: list[str]) -> str:
    first = lambda: names[0]
    try:
        return first()
    except IndexError:
        return ""


def only_made(names: list[str]) -> str:
    try:
        first = lambda: names[0]
    except Exception:
        return ""
    return first()
