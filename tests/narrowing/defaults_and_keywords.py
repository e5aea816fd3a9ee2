"""Defaults, keywords and decorators are evaluated where they stand."""

import functools


class Refused(Exception):
    pass


def checked(amount: int) -> int:
    if amount < 0:
        raise Refused(amount)
    return amount


def price(name: str, *, prices: dict[str, int] | None = None) -> int:
    return (prices or {})[name]


def in_arguments(amount: int) -> str:
    try:
        return str(max(checked(amount), 1))
    except Exception:
        return "refused"


def in_a_default(amount: int) -> int:
    try:

        def inner(value: int = checked(amount)) -> int:
            return value

        return inner()
    except Exception:
        return -1


def in_a_decorator(amount: int) -> int:
    def limited(most: int):
        checked(most)
        return lambda func: func

    try:

        @limited(amount)
        def inner() -> int:
            return 1

        return inner()
    except Exception:
        return -1


def in_a_class_body(amount: int) -> int:
    try:

        class Inner:
            value = checked(amount)

        return Inner.value
    except Exception:
        return -1


def by_keyword(name: str) -> int:
    try:
        return price(name, prices={"apple": checked(3)})
    except Exception:
        return -1


def by_mapping(name: str, settings: dict[str, dict[str, int]]) -> int:
    try:
        return price(name, **settings)
    except Exception:
        return -1


def in_a_condition(amount: int) -> int:
    try:
        if checked(amount) > 3 or 1 / amount:
            return 1
    except Exception:
        return -1
    return 0


def in_an_assertion(prices: dict[str, int], name: str) -> int:
    try:
        assert prices[name]
    except Exception:
        return -1
    return 1


def in_a_return_of_a_lambda(amount: int) -> int:
    checks = {"a": lambda: checked(amount)}
    try:
        return checks["a"]()
    except Exception:
        return -1


def in_a_chain(amount: int) -> bool:
    try:
        return 0 < checked(amount) < 10
    except Exception:
        return False


def in_an_assignment(row: dict[str, int], amount: int) -> bool:
    try:
        row[str(checked(amount))] = 1
        row["a"] += 1
    except Exception:
        return False
    return True


def deleted(rows: list[int], amount: int) -> bool:
    try:
        del rows[checked(amount)]
    except Exception:
        return False
    return True


bound = functools.partial(price, prices={"apple": 3})


def by_partial(name: str) -> int:
    try:
        return bound(name)
    except Exception:
        return -1


NARROWED = ["in_arguments", "by_keyword", "in_a_condition", "in_a_chain", "in_an_assignment", "deleted"]
ARRIVE = [
    ("Refused", lambda: in_arguments(-1)),
    ("Refused", lambda: in_a_default(-1)),
    ("Refused", lambda: in_a_decorator(-1)),
    ("Refused", lambda: in_a_class_body(-1)),
    ("KeyError", lambda: by_keyword("pear")),
    ("KeyError", lambda: by_mapping("pear", {"prices": {"a": 1}})),
    ("ZeroDivisionError", lambda: in_a_condition(0)),
    ("Refused", lambda: in_a_condition(-1)),
    ("KeyError", lambda: in_an_assertion({}, "a")),
    ("Refused", lambda: in_a_return_of_a_lambda(-1)),
    ("Refused", lambda: in_a_chain(-1)),
    ("Refused", lambda: in_an_assignment({}, -1)),
    ("KeyError", lambda: in_an_assignment({}, 1)),
    ("IndexError", lambda: deleted([], 1)),
    ("Refused", lambda: deleted([], -1)),
    ("KeyError", lambda: by_partial("pear")),
]
PROGRAMMING = [("AssertionError", lambda: in_an_assertion({"a": 0}, "a"))]
