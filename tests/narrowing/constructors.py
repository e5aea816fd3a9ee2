"""Objects that refuse to be made."""


class Refused(Exception):
    pass


class Closed(Exception):
    pass


class Base:
    registry: dict[str, type] = {}

    def __init_subclass__(cls, **settings: object) -> None:
        super().__init_subclass__(**settings)
        Base.registry[cls.__name__] = cls


class Amount(Base):
    def __init__(self, amount: int) -> None:
        if amount < 0:
            raise Refused(amount)
        self.amount = amount


class Small(Amount):
    def __init__(self, amount: int) -> None:
        super().__init__(amount)
        if amount > 9:
            raise Closed


class Single:
    made = 0

    def __new__(cls) -> "Single":
        if cls.made:
            raise Closed
        cls.made += 1
        return super().__new__(cls)


class Called:
    def __call__(self, name: str) -> int:
        return {"apple": 3}[name]


def small(amount: int) -> int:
    try:
        return Small(amount).amount
    except Exception:
        return -1


def single() -> bool:
    try:
        Single()
        Single()
    except Exception:
        return False
    return True


def called(name: str) -> int:
    look = Called()
    try:
        return look(name)
    except Exception:
        return -1


def by_name(name: str, amount: int) -> int:
    try:
        return Base.registry[name](amount).amount
    except Exception:
        return -1


NARROWED = ["small", "called"]
ARRIVE = [
    ("Refused", lambda: small(-1)),
    ("Closed", lambda: small(10)),
    ("Closed", single),
    ("KeyError", lambda: called("pear")),
    ("KeyError", lambda: by_name("Big", 1)),
    ("Refused", lambda: by_name("Amount", -1)),
]
