"""Attributes that run code."""

import functools


class Unset(Exception):
    pass


class Frozen(Exception):
    pass


class Item:
    def __init__(self, row: dict[str, str]) -> None:
        self.row = row

    @property
    def price(self) -> int:
        return int(self.row["price"])

    @property
    def name(self) -> str:
        if "name" not in self.row:
            raise Unset("name")
        return self.row["name"]

    @name.setter
    def name(self, value: str) -> None:
        if not value:
            raise Frozen
        self.row["name"] = value

    @functools.cached_property
    def first(self) -> str:
        return self.name[0]


def price(item: Item) -> int:
    try:
        return item.price
    except Exception:
        return -1


def name(item: Item) -> str:
    try:
        return item.name
    except Exception:
        return "none"


def renamed(item: Item, value: str) -> bool:
    try:
        item.name = value
    except Exception:
        return False
    return True


def first(item: Item) -> str:
    try:
        return item.first
    except Exception:
        return "none"


NARROWED = ["price", "name", "renamed", "first"]
ARRIVE = [
    ("KeyError", lambda: price(Item({}))),
    ("ValueError", lambda: price(Item({"price": "x"}))),
    ("Unset", lambda: name(Item({}))),
    ("Frozen", lambda: renamed(Item({}), "")),
    ("Unset", lambda: first(Item({}))),
    ("IndexError", lambda: first(Item({"name": ""}))),
]
