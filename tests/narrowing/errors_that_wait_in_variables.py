"""Errors that are caught, kept, and raised somewhere else."""


class Refused(Exception):
    pass


class Strange(Exception):
    def __init__(self, names: dict[str, str], name: str) -> None:
        super().__init__(names[name])


PROBLEMS = (KeyError, IndexError)
SOME = KeyError


def later(prices: dict[str, str], name: str) -> int:
    problem: Exception | None = None
    found = 0
    try:
        found = int(prices[name])
    except (KeyError, ValueError) as error:
        problem = error
    if problem is not None:
        raise problem
    return found


def first_or_last(prices: dict[str, str], name: str) -> int:
    last: Exception = Refused("never tried")
    for _ in range(2):
        try:
            return int(prices[name])
        except ValueError as error:
            last = error
    raise last


def by_constant(prices: dict[str, str], names: list[str]) -> int:
    try:
        return int(prices[names[0]])
    except PROBLEMS:
        return -1


def by_one_constant(prices: dict[str, str], names: list[str]) -> int:
    try:
        return int(prices[names[0]])
    except SOME:
        return -1


def by_parameter(prices: dict[str, str], name: str, kind: type[Exception]) -> int:
    try:
        return int(prices[name])
    except kind:
        return -1


def sorted_out(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except (KeyError, ValueError) as error:
        if isinstance(error, KeyError):
            raise
        return -1


def with_note(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except ValueError as error:
        error.add_note(name)
        raise error.with_traceback(None)


def cause(prices: dict[str, str], name: str) -> int:
    try:
        return int(prices[name])
    except ValueError as error:
        raise (error.__cause__ or error)


def use_later(name: str) -> int:
    try:
        return later({"a": "x"}, name)
    except Exception:
        return -2


def use_last(name: str) -> int:
    try:
        return first_or_last({"a": "x"}, name)
    except Exception:
        return -2


def use_constant(names: list[str]) -> int:
    try:
        return by_constant({"a": "x"}, names)
    except Exception:
        return -2


def use_one_constant(names: list[str]) -> int:
    try:
        return by_one_constant({"a": "x"}, names)
    except Exception:
        return -2


def use_parameter(name: str) -> int:
    try:
        return by_parameter({"a": "x"}, name, OSError)
    except Exception:
        return -2


def use_sorted_out(name: str) -> int:
    try:
        return sorted_out({"a": "x"}, name)
    except Exception:
        return -2


def use_note(name: str) -> int:
    try:
        return with_note({"a": "x"}, name)
    except Exception:
        return -2


def use_cause(name: str) -> int:
    try:
        return cause({"a": "x"}, name)
    except Exception:
        return -2


def made(name: str) -> int:
    try:
        raise Strange({"a": "b"}, name)
    except Exception:
        return -2


NARROWED = ["use_constant", "use_sorted_out", "made"]
ARRIVE = [
    ("ValueError", lambda: use_later("a")),
    ("KeyError", lambda: use_later("b")),
    ("ValueError", lambda: use_last("a")),
    ("KeyError", lambda: use_last("b")),
    ("ValueError", lambda: use_constant(["a"])),
    ("ValueError", lambda: use_one_constant(["a"])),
    ("IndexError", lambda: use_one_constant([])),
    ("ValueError", lambda: use_parameter("a")),
    ("KeyError", lambda: use_parameter("b")),
    ("KeyError", lambda: use_sorted_out("b")),
    ("ValueError", lambda: use_note("a")),
    ("KeyError", lambda: use_note("b")),
    ("ValueError", lambda: use_cause("a")),
    ("Strange", lambda: made("a")),
    ("KeyError", lambda: made("b")),
]
