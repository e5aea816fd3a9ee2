"""Data classes that check what they are given."""

from dataclasses import FrozenInstanceError, dataclass, field, replace


class Refused(Exception):
    pass


@dataclass(frozen=True)
class Item:
    name: str
    price: int
    tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.price < 0:
            raise Refused(self.price)


def made(name: str, price: int) -> str:
    try:
        return Item(name, price).name
    except Exception:
        return "refused"


def cheaper(item: Item, by: int) -> int:
    try:
        return replace(item, price=item.price - by).price
    except Exception:
        return 0


def tag(item: Item, number: int) -> str:
    try:
        return item.tags[number]
    except Exception:
        return "none"


def from_row(row: dict[str, str]) -> str:
    try:
        return Item(row["name"], int(row["price"])).name
    except Exception:
        return "none"


def renamed(item: Item) -> str:
    try:
        item.name = "other"
    except FrozenInstanceError:
        return "frozen"
    return item.name


NARROWED = ["made", "from_row"]
ARRIVE = [
    ("Refused", lambda: made("apple", -1)),
    ("Refused", lambda: cheaper(Item("apple", 3), 4)),
    ("IndexError", lambda: tag(Item("apple", 3), 0)),
    ("KeyError", lambda: from_row({"name": "apple"})),
    ("ValueError", lambda: from_row({"name": "apple", "price": "x"})),
    ("Refused", lambda: from_row({"name": "apple", "price": "-3"})),
]
