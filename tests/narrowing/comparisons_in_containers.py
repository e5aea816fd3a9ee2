"""Containers compare and hash what they hold."""


class Strange(Exception):
    pass


class Item:
    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Item):
            raise Strange("not an item")
        return self.name == other.name

    def __hash__(self) -> int:
        if not self.name:
            raise Strange("no name")
        return hash(self.name)

    def __lt__(self, other: "Item") -> bool:
        if not self.name or not other.name:
            raise Strange("no order")
        return self.name < other.name


def has(items: list[Item], item: Item) -> bool:
    try:
        return item in items
    except Exception:
        return False


def place(items: list[Item], item: Item) -> int:
    try:
        return items.index(item)
    except Exception:
        return -1


def counted(items: list[Item], item: Item) -> int:
    try:
        return items.count(item)
    except Exception:
        return -1


def distinct(items: list[Item]) -> int:
    try:
        return len(set(items))
    except Exception:
        return -1


def in_braces(item: Item) -> int:
    try:
        return len({item, item})
    except Exception:
        return -1


def as_keys(items: list[Item]) -> int:
    try:
        return len({item: 1 for item in items})
    except Exception:
        return -1


def looked_up(prices: dict[Item, int], item: Item) -> int:
    try:
        return prices[item]
    except Exception:
        return -1


def got(prices: dict[Item, int], item: Item) -> int:
    try:
        return prices.get(item, 0)
    except Exception:
        return -1


def put(prices: dict[Item, int], item: Item) -> bool:
    try:
        prices[item] = 1
    except Exception:
        return False
    return True


def ordered(items: list[Item]) -> int:
    try:
        return len(sorted(items))
    except Exception:
        return -1


def least(items: list[Item]) -> str:
    try:
        return min(items).name
    except Exception:
        return "none"


def in_place(items: list[Item]) -> bool:
    try:
        items.sort()
    except Exception:
        return False
    return True


def same_lists(left: list[object], right: list[object]) -> bool:
    try:
        return left == right
    except Exception:
        return False


def same_pairs(left: tuple[Item, int], right: tuple[int, int]) -> bool:
    try:
        return left == right
    except Exception:
        return False


NARROWED = []
ARRIVE = [
    ("Strange", lambda: has([3], Item("a"))),
    ("Strange", lambda: place([3], Item("a"))),
    ("ValueError", lambda: place([], Item("a"))),
    ("Strange", lambda: counted([3], Item("a"))),
    ("Strange", lambda: distinct([Item("")])),
    ("Strange", lambda: in_braces(Item(""))),
    ("Strange", lambda: as_keys([Item("")])),
    ("Strange", lambda: looked_up({}, Item(""))),
    ("KeyError", lambda: looked_up({}, Item("a"))),
    ("Strange", lambda: got({}, Item(""))),
    ("Strange", lambda: put({}, Item(""))),
    ("Strange", lambda: ordered([Item(""), Item("a")])),
    ("Strange", lambda: least([Item(""), Item("a")])),
    ("Strange", lambda: in_place([Item(""), Item("a")])),
    ("Strange", lambda: same_lists([Item("a")], [3])),
    ("Strange", lambda: same_pairs((Item("a"), 1), (3, 1))),
]
