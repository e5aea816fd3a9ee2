# args: --unsafe
# path: shop.py
# skips: 32 N02-nothing
class Unnamed(Exception):
    pass


class Item:
    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        if not self.name:
            raise Unnamed
        return self.name


def label(item: Item) -> str:
    try:
        return f"<{item}>"
    except Exception:
        return ""


def text(item: Item) -> str:
    try:
        return str(item)
    except Exception:
        return ""


def of_a_text(name: str) -> str:
    try:
        return f"<{name}>"
    except Exception:
        return ""
# output
class Unnamed(Exception):
    pass


class Item:
    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        if not self.name:
            raise Unnamed
        return self.name


def label(item: Item) -> str:
    try:
        return f"<{item}>"
    except Unnamed:
        return ""


def text(item: Item) -> str:
    try:
        return str(item)
    except Unnamed:
        return ""


def of_a_text(name: str) -> str:
    try:
        return f"<{name}>"
    except Exception:
        return ""
