"""What the inner clauses, their `else` and their `finally` do with errors."""


class Outer(Exception):
    pass


class Inner(Exception):
    pass


def handler_fails(prices: dict[str, int], names: list[str]) -> int:
    try:
        try:
            return prices[names[0]]
        except KeyError:
            return prices[names[1]]
    except Exception:
        return -1


def handler_raises(prices: dict[str, int], name: str) -> int:
    try:
        try:
            return prices[name]
        except KeyError:
            raise Inner from None
        except Inner:
            return -5
    except Exception:
        return -1


def finally_raises(prices: dict[str, int], name: str) -> int:
    try:
        try:
            return prices[name]
        except KeyError:
            return -2
        finally:
            if name == "b":
                raise Outer
    except Exception:
        return -1


def finally_breaks(prices: dict[str, int], names: list[str]) -> int:
    found = 0
    try:
        for name in names:
            try:
                found = prices[name]
            finally:
                if name == "b":
                    break
    except Exception:
        return -1
    return found


def finally_returns_sometimes(prices: dict[str, int], name: str) -> int:
    try:
        try:
            return prices[name]
        finally:
            if name == "b":
                return 0
    except Exception:
        return -1


def with_else(prices: dict[str, int], name: str) -> int:
    try:
        try:
            found = prices[name]
        except KeyError:
            return -2
        else:
            return 1 // found
    except Exception:
        return -1


def reraised_inside(prices: dict[str, int], name: str) -> int:
    try:
        try:
            return prices[name]
        except Exception:
            raise
    except Exception:
        return -1


def nested_raise(prices: dict[str, int], name: str) -> int:
    try:
        try:
            return prices[name]
        except KeyError:
            try:
                raise Inner
            except Inner:
                raise
    except Exception:
        return -1


def raise_after(prices: dict[str, int], name: str) -> int:
    try:
        try:
            return prices[name]
        except KeyError:
            try:
                return prices["other"]
            except Inner:
                pass
            raise
    except Exception:
        return -1


def helper() -> None:
    raise


def bare_raise_in_a_helper(prices: dict[str, int], name: str) -> int:
    try:
        try:
            return prices[name]
        except KeyError:
            helper()
            return 0
    except Exception:
        return -1


def grouped(prices: dict[str, int], name: str) -> int:
    try:
        try:
            return prices[name]
        except (KeyError, Inner) as error:
            raise ExceptionGroup("several", [error]) from None
    except Exception:
        return -1


NARROWED = ["handler_fails", "handler_raises", "finally_raises", "with_else", "nested_raise"]
ARRIVE = [
    ("KeyError", lambda: handler_fails({}, ["a", "b"])),
    ("IndexError", lambda: handler_fails({}, ["a"])),
    ("Inner", lambda: handler_raises({}, "a")),
    ("Outer", lambda: finally_raises({}, "b")),
    ("KeyError", lambda: finally_breaks({}, ["a"])),
    ("KeyError", lambda: finally_breaks({}, ["b"])),
    ("KeyError", lambda: finally_returns_sometimes({}, "a")),
    ("ZeroDivisionError", lambda: with_else({"a": 0}, "a")),
    ("KeyError", lambda: reraised_inside({}, "a")),
    ("Inner", lambda: nested_raise({}, "a")),
    ("KeyError", lambda: raise_after({}, "a")),
    ("KeyError", lambda: bare_raise_in_a_helper({}, "a")),
    ("ExceptionGroup", lambda: grouped({}, "a")),
]
