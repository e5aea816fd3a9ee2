"""Functions that call themselves and one another."""


class Cycle(Exception):
    pass


class BadNode(Exception):
    pass


def depth(tree: dict[str, list[str]], name: str, seen: tuple[str, ...] = ()) -> int:
    if name in seen:
        raise Cycle(name)
    children = tree[name]
    return 1 + max((depth(tree, child, (*seen, name)) for child in children), default=0)


def even(number: int) -> bool:
    if number < 0:
        raise BadNode(number)
    return number == 0 or odd(number - 1)


def odd(number: int) -> bool:
    return number != 0 and even(number - 1)


def shown(tree: dict[str, list[str]], name: str) -> int:
    try:
        return depth(tree, name)
    except Exception:
        return -1


def is_even(number: int) -> bool:
    try:
        return even(number)
    except Exception:
        return False


def is_odd(number: int) -> bool:
    try:
        return odd(number)
    except Exception:
        return False


NARROWED = ["shown", "is_even", "is_odd"]
ARRIVE = [
    ("Cycle", lambda: shown({"a": ["b"], "b": ["a"]}, "a")),
    ("KeyError", lambda: shown({"a": ["b"]}, "a")),
    ("BadNode", lambda: is_even(-1)),
    ("BadNode", lambda: is_odd(-1)),
]
