# args: --unsafe
# path: shop.py
# skips: 39 N02-nothing
class Currency(Exception):
    pass


class Money:
    def __init__(self, amount: int, currency: str) -> None:
        self.amount = amount
        self.currency = currency

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise Currency(other.currency)
        return Money(self.amount + other.amount, self.currency)

    def __getitem__(self, digit: int) -> str:
        return str(self.amount)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Money):
            raise Currency("not money")
        return self.amount == other.amount

    def __bool__(self) -> bool:
        if self.currency == "":
            raise Currency("no currency")
        return self.amount > 0


def add(left: Money, right: Money) -> Money | None:
    try:
        return left + right
    except Exception:
        return None


def digit(money: Money) -> str:
    try:
        return money[0]
    except Exception:
        return ""


def same(left: Money, right: Money) -> bool:
    try:
        return left == right
    except Exception:
        return False


def rich(money: Money) -> bool:
    try:
        if money:
            return True
    except Exception:
        return False
    return False
# output
class Currency(Exception):
    pass


class Money:
    def __init__(self, amount: int, currency: str) -> None:
        self.amount = amount
        self.currency = currency

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise Currency(other.currency)
        return Money(self.amount + other.amount, self.currency)

    def __getitem__(self, digit: int) -> str:
        return str(self.amount)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Money):
            raise Currency("not money")
        return self.amount == other.amount

    def __bool__(self) -> bool:
        if self.currency == "":
            raise Currency("no currency")
        return self.amount > 0


def add(left: Money, right: Money) -> Money | None:
    try:
        return left + right
    except Currency:
        return None


def digit(money: Money) -> str:
    try:
        return money[0]
    except Exception:
        return ""


def same(left: Money, right: Money) -> bool:
    try:
        return left == right
    except Currency:
        return False


def rich(money: Money) -> bool:
    try:
        if money:
            return True
    except Currency:
        return False
    return False
