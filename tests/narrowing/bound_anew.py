"""Names, methods and attributes that get another meaning after their definition."""

from collections import defaultdict
from collections.abc import Callable


class Odd(Exception):
    pass


def odd(*given: object) -> int:
    raise Odd


class First:
    def load(self) -> int:
        return int("1")

    def read(self) -> int:
        return int("1")

    def store(self) -> int:
        return int("1")


First.load = odd  # type: ignore[method-assign]
setattr(First, "read", odd)


class Second(First):
    def __init__(self) -> None:
        self.store = odd  # type: ignore[method-assign]


def tool() -> int:
    return int("1")


tool.load = int  # type: ignore[attr-defined]


def replaced() -> int:
    return int("1")


def replace() -> None:
    global replaced
    replaced = odd


replace()


def looped() -> int:
    return int("1")


for looped in (odd,):
    pass


class Kept:
    make: Callable[..., int] = int

    def __init__(self, make: Callable[..., int]) -> None:
        self.call = int
        self.call = make  # type: ignore[assignment]


class Other(Kept):
    make = odd


def dressed(cls: type) -> type:
    cls.load = lambda self: odd()  # type: ignore[attr-defined]
    return cls


@dressed
class Dressed:
    def load(self) -> int:
        return int("1")


def another(cls: type) -> type:
    class New(cls):  # type: ignore[misc]
        def load(self) -> int:
            return odd()

    return New


@another
class Changed:
    def load(self) -> int:
        return int("1")


class Meta(type):
    def __call__(cls, *given: object) -> object:
        raise Odd


class Made(metaclass=Meta):
    def __init__(self, text: str) -> None:
        self.number = int(text)


handler = int


def set_handler(given: Callable[..., int]) -> None:
    global handler
    handler = given  # type: ignore[assignment]


set_handler(odd)


def called_by_default(call=odd):  # type: ignore[no-untyped-def]
    return call()


def called_on_request(call=None):  # type: ignore[no-untyped-def]
    return call() if call else 0


def by_a_global_name() -> int:
    prices = {"a": 1}
    try:
        return handler("1") + prices["b"]
    except Exception:
        return -1


def by_default() -> int:
    prices = {"a": 1}
    try:
        return called_by_default() + prices["b"]
    except Exception:
        return -1


def by_no_default() -> int:
    prices = {"a": 1}
    try:
        return called_on_request() + prices["b"]
    except Exception:
        return -1


def by_the_class() -> int:
    prices = {"a": 1}
    try:
        return First().load() + prices["b"]
    except Exception:
        return -1


def by_setattr() -> int:
    prices = {"a": 1}
    try:
        return First().read() + prices["b"]
    except Exception:
        return -1


def by_the_object() -> int:
    prices = {"a": 1}
    try:
        return Second().store() + prices["b"]
    except Exception:
        return -1


def by_a_function() -> int:
    prices = {"a": 1}
    try:
        return replaced() + prices["b"]
    except Exception:
        return -1


def by_a_loop() -> int:
    prices = {"a": 1}
    try:
        return looped() + prices["b"]
    except Exception:
        return -1


def by_a_subclass(kept: Kept) -> int:
    prices = {"a": 1}
    try:
        return kept.make("1") + prices["b"]
    except Exception:
        return -1


def by_a_parameter() -> int:
    prices = {"a": 1}
    try:
        return Kept(odd).call("1") + prices["b"]
    except Exception:
        return -1


def by_a_decorator() -> int:
    prices = {"a": 1}
    try:
        return Dressed().load() + prices["b"]
    except Exception:
        return -1


def by_another_class() -> int:
    prices = {"a": 1}
    try:
        return Changed().load() + prices["b"]
    except Exception:
        return -1


def by_a_metaclass() -> int:
    prices = {"a": 1}
    try:
        return Made("1").number + prices["b"]
    except Exception:
        return -1


def in_a_later_round() -> int:
    prices = {"a": 1}
    read: Callable[..., int] = int
    for _ in range(2):
        try:
            prices["b"] = read("1")
            prices["c"] += 0
        except KeyError:
            read = odd
        except Exception:
            return -1
    return 0


def in_one_branch(which: bool) -> int:
    prices = {"a": 1}
    read: Callable[..., int] = odd
    if which:
        read = int
    try:
        return read("1") + prices["b"]
    except Exception:
        return -1


def by_a_function_inside() -> int:
    prices = {"a": 1}
    read = int

    def change() -> None:
        nonlocal read
        read = odd

    change()
    try:
        return read("1") + prices["b"]
    except Exception:
        return -1


def by_another_function_inside() -> int:
    prices = {"a": 1}

    def read() -> int:
        return int("1")

    def change() -> None:
        nonlocal read
        read = odd

    change()
    try:
        return read() + prices["b"]
    except Exception:
        return -1


def made_where_missing() -> int:
    prices = {"a": 1}
    found = defaultdict(odd)
    try:
        return found["x"] + prices["b"]
    except Exception:
        return -1


def made_by_what_is_given(make: Callable[[], int]) -> int:
    prices = {"a": 1}
    found = defaultdict(make)
    try:
        return found["x"] + prices["b"]
    except Exception:
        return -1


def known() -> int:
    prices = {"a": 1}
    found = defaultdict(int)
    try:
        return found["x"] + prices["b"]
    except Exception:
        return -1


NARROWED = ["made_where_missing", "known", "by_a_metaclass", "by_default", "by_no_default"]
ARRIVE = [
    ("Odd", by_a_global_name),
    ("Odd", by_default),
    ("KeyError", by_no_default),
    ("Odd", by_the_class),
    ("Odd", by_setattr),
    ("Odd", by_the_object),
    ("Odd", by_a_function),
    ("Odd", by_a_loop),
    ("Odd", lambda: by_a_subclass(Other(int))),
    ("Odd", by_a_parameter),
    ("Odd", by_a_decorator),
    ("Odd", by_another_class),
    ("Odd", by_a_metaclass),
    ("Odd", in_a_later_round),
    ("Odd", lambda: in_one_branch(False)),
    ("Odd", by_a_function_inside),
    ("Odd", by_another_function_inside),
    ("Odd", made_where_missing),
    ("Odd", lambda: made_by_what_is_given(odd)),
    ("KeyError", known),
]
