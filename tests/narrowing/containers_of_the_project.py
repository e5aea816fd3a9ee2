"""Subscripts of the classes of a project."""


class Missing(Exception):
    pass


class Sealed(Exception):
    pass


class Shelf:
    def __init__(self) -> None:
        self.items: dict[str, int] = {"apple": 3}

    def __getitem__(self, name: str) -> int:
        if name not in self.items:
            raise Missing(name)
        return self.items[name]

    def __setitem__(self, name: str, count: int) -> None:
        raise Sealed

    def __delitem__(self, name: str) -> None:
        del self.items[name]


class Counted(dict):
    def __missing__(self, name: str) -> int:
        raise Missing(name)


def count(shelf: Shelf, name: str) -> int:
    try:
        return shelf[name]
    except Exception:
        return 0


def put(shelf: Shelf, name: str) -> bool:
    try:
        shelf[name] = 1
    except Exception:
        return False
    return True


def drop(shelf: Shelf, name: str) -> bool:
    try:
        del shelf[name]
    except Exception:
        return False
    return True


def counted(shelf: Counted, name: str) -> int:
    try:
        return shelf[name]
    except Exception:
        return 0


NARROWED = ["count", "put", "drop"]
ARRIVE = [
    ("Missing", lambda: count(Shelf(), "pear")),
    ("Sealed", lambda: put(Shelf(), "pear")),
    ("KeyError", lambda: drop(Shelf(), "pear")),
    ("Missing", lambda: counted(Counted(), "pear")),
]
