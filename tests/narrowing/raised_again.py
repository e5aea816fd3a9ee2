"""Errors that are caught, looked at and raised again."""


class Refused(Exception):
    pass


def looked_up(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except KeyError:
        print("no price")
        raise
    except ValueError:
        return -1


def by_name(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except Exception as error:
        print(error)
        raise error


def some(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except Exception as error:
        if name == "a":
            raise
        raise Refused from error


def outer(prices: dict[str, str], name: str) -> int:
    try:
        return looked_up(prices, name)
    except Exception:
        return -2


def outer_by_name(prices: dict[str, str], name: str) -> int:
    try:
        return by_name(prices, name)
    except Exception:
        return -3


def outer_some(prices: dict[str, str], name: str) -> int:
    try:
        return some(prices, name)
    except Exception:
        return -4


NARROWED = ["outer", "outer_by_name", "outer_some"]
ARRIVE = [
    ("KeyError", lambda: outer({}, "a")),
    ("ValueError", lambda: outer({"a": "x"}, "a")),
    ("KeyError", lambda: outer_by_name({}, "a")),
    ("ValueError", lambda: outer_by_name({"a": "x"}, "a")),
    ("KeyError", lambda: outer_some({}, "a")),
    ("ValueError", lambda: outer_some({"a": "x"}, "a")),
    ("Refused", lambda: outer_some({}, "b")),
]
