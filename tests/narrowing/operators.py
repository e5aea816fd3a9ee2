"""Operators of the classes of a project."""


class Currency(Exception):
    pass


class Negative(Exception):
    pass


class Money:
    def __init__(self, amount: int, currency: str) -> None:
        self.amount = amount
        self.currency = currency

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise Currency(other.currency)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        if other.amount > self.amount:
            raise Negative
        return Money(self.amount - other.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        if self.currency != other.currency:
            raise Currency(other.currency)
        return self.amount < other.amount

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Money):
            raise Currency("none")
        return self.amount == other.amount

    def __hash__(self) -> int:
        if self.amount < 0:
            raise Negative
        return self.amount

    def __neg__(self) -> "Money":
        raise Negative

    def __bool__(self) -> bool:
        if self.amount < 0:
            raise Negative
        return self.amount > 0


def added(left: Money, right: Money) -> int:
    try:
        return (left + right).amount
    except Exception:
        return -1


def taken(left: Money, right: Money) -> int:
    try:
        left -= right
    except Exception:
        return -1
    return left.amount


def less(left: Money, right: Money) -> bool:
    try:
        return left < right
    except Exception:
        return False


def same(left: Money, right: object) -> bool:
    try:
        return left == right
    except Exception:
        return False


def key(money: Money) -> int:
    try:
        return hash(money)
    except Exception:
        return 0


def negative(money: Money) -> int:
    try:
        return (-money).amount
    except Exception:
        return 0


def any_at_all(money: Money) -> str:
    try:
        return "some" if money else "none"
    except Exception:
        return "less than none"


NARROWED = ["added", "taken", "less", "negative", "any_at_all"]
ARRIVE = [
    ("Currency", lambda: added(Money(1, "a"), Money(1, "b"))),
    ("Negative", lambda: taken(Money(1, "a"), Money(2, "a"))),
    ("Currency", lambda: less(Money(1, "a"), Money(1, "b"))),
    ("Currency", lambda: same(Money(1, "a"), 3)),
    ("Negative", lambda: key(Money(-1, "a"))),
    ("Negative", lambda: negative(Money(1, "a"))),
    ("Negative", lambda: any_at_all(Money(-1, "a"))),
]
