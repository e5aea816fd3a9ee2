"""Parameters of which nothing is known."""


class Missing(Exception):
    pass


class Store:
    def load(self, name):
        raise Missing(name)


class Other:
    def load(self, name):
        return int(name)


def loaded(store, name):
    try:
        return store.load(name)
    except Exception:
        return "none"


def column(row, name):
    try:
        return row[name]
    except Exception:
        return "none"


def size(value):
    try:
        return len(value.name)
    except Exception:
        return -1


class Odd:
    def __getitem__(self, name):
        raise Missing(name)


class Unready:
    @property
    def name(self):
        raise Missing("name")


ARRIVE = [
    ("Missing", lambda: loaded(Store(), "a")),
    ("ValueError", lambda: loaded(Other(), "a")),
    ("KeyError", lambda: column({}, "a")),
    ("IndexError", lambda: column([], 3)),
]
PROGRAMMING = [
    ("AttributeError", lambda: size(3)),
    ("TypeError", lambda: column(None, "a")),
]
