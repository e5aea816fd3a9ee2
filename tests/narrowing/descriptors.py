"""Descriptors of the project, __getattr__ and __setattr__."""


class Bad(Exception):
    pass


class Positive:
    def __set_name__(self, owner: type, name: str) -> None:
        self.name = "_" + name

    def __get__(self, instance: object, owner: type) -> int:
        if self.name not in vars(instance):
            raise Bad("not set")
        return vars(instance)[self.name]

    def __set__(self, instance: object, value: int) -> None:
        if value < 0:
            raise Bad(value)
        vars(instance)[self.name] = value


class Item:
    price = Positive()


class Row:
    def __init__(self, values: dict[str, int]) -> None:
        self.__dict__["values"] = values

    def __getattr__(self, name: str) -> int:
        return self.__dict__["values"][name]

    def __setattr__(self, name: str, value: int) -> None:
        if name not in self.__dict__["values"]:
            raise Bad(name)
        self.__dict__["values"][name] = value


def get(item: Item) -> int:
    try:
        return item.price
    except Exception:
        return -1


def put(item: Item, value: int) -> bool:
    try:
        item.price = value
    except Exception:
        return False
    return True


def column(row: Row) -> int:
    try:
        return row.price
    except Exception:
        return -1


def fill(row: Row) -> bool:
    try:
        row.price = 3
    except Exception:
        return False
    return True


ARRIVE = [
    ("Bad", lambda: get(Item())),
    ("Bad", lambda: put(Item(), -1)),
    ("KeyError", lambda: column(Row({}))),
    ("Bad", lambda: fill(Row({}))),
]
