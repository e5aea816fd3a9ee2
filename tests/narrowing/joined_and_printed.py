"""Text that is made on the way: join, print, format of containers, logging of values."""

import io
import sys


class Unnamed(Exception):
    pass


class Item:
    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        if not self.name:
            raise Unnamed("str")
        return self.name

    def __repr__(self) -> str:
        if not self.name:
            raise Unnamed("repr")
        return self.name


def joined(items: list[Item]) -> str:
    try:
        return ", ".join(str(item) for item in items)
    except Exception:
        return "none"


def mapped(items: list[Item]) -> str:
    try:
        return ", ".join(map(str, items))
    except Exception:
        return "none"


def printed(item: Item) -> bool:
    try:
        print(item)
    except Exception:
        return False
    return True


def printed_into(item: Item) -> str:
    buffer = io.StringIO()
    try:
        print("item:", item, file=buffer)
    except Exception:
        return "none"
    return buffer.getvalue()


def of_a_list(items: list[Item]) -> str:
    try:
        return str(items)
    except Exception:
        return "none"


def in_a_field(items: list[Item]) -> str:
    try:
        return f"{items}"
    except Exception:
        return "none"


def formatted(item: Item) -> str:
    try:
        return "{}".format(item)
    except Exception:
        return "none"


def of_a_dict(items: dict[str, Item]) -> str:
    try:
        return "%r" % (items,)
    except Exception:
        return "none"


def closed(text: str) -> bool:
    buffer = io.StringIO()
    buffer.close()
    try:
        print(text, file=buffer)
    except Exception:
        return False
    return True


def encoded(text: str) -> bool:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    try:
        print(text, file=stream, flush=True)
    except Exception:
        return False
    finally:
        stream.detach()
    return True


NARROWED = []
ARRIVE = [
    ("Unnamed", lambda: joined([Item("")])),
    ("Unnamed", lambda: mapped([Item("")])),
    ("Unnamed", lambda: printed(Item(""))),
    ("Unnamed", lambda: printed_into(Item(""))),
    ("Unnamed", lambda: of_a_list([Item("")])),
    ("Unnamed", lambda: in_a_field([Item("")])),
    ("Unnamed", lambda: formatted(Item(""))),
    ("Unnamed", lambda: of_a_dict({"a": Item("")})),
    ("ValueError", lambda: closed("a")),
    ("UnicodeEncodeError", lambda: encoded("\u00e9")),
]
