"""Errors that are errors of the project and of the language."""


class ShopError(Exception):
    pass


class NoSuchItem(ShopError, KeyError):
    pass


class BadPrice(ShopError, ValueError):
    pass


def price(text: str, prices: dict[str, str]) -> int:
    if text not in prices:
        raise NoSuchItem(text)
    if not prices[text].isdigit():
        raise BadPrice(prices[text])
    return int(prices[text])


def shown(text: str, prices: dict[str, str]) -> int:
    try:
        return price(text, prices)
    except Exception:
        return -1


def shown_apart(text: str, prices: dict[str, str]) -> int:
    try:
        return price(text, prices)
    except KeyError:
        return -2
    except Exception:
        return -3


def shown_by_value(text: str, prices: dict[str, str]) -> int:
    try:
        return price(text, prices)
    except ShopError:
        return -4
    except Exception:
        return -5


NARROWED = ["shown", "shown_apart", "shown_by_value"]
ARRIVE = [
    ("NoSuchItem", lambda: shown("pear", {})),
    ("BadPrice", lambda: shown("pear", {"pear": "x"})),
    ("NoSuchItem", lambda: shown_apart("pear", {})),
    ("BadPrice", lambda: shown_apart("pear", {"pear": "x"})),
    ("ValueError", lambda: shown_by_value("pear", {"pear": "\u00b2"})),
    ("ValueError", lambda: shown("pear", {"pear": "\u00b2"})),
]
