"""Methods, inherited ones, super, class methods and static ones."""


class Missing(Exception):
    pass


class Broken(Exception):
    pass


class Store:
    def __init__(self, rows: dict[str, str]) -> None:
        self.rows = rows

    def load(self, name: str) -> str:
        return self.rows[name]

    def number(self, name: str) -> int:
        return int(self.load(name))

    @classmethod
    def of(cls, text: str) -> "Store":
        if not text:
            raise Broken("empty")
        return cls({text: text})

    @staticmethod
    def parse(text: str) -> int:
        return int(text)


class Checked(Store):
    def load(self, name: str) -> str:
        if name.startswith("_"):
            raise Missing(name)
        return super().load(name)


class Till:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.checked = Checked({"_a": "1"})

    def number(self, name: str) -> int:
        try:
            return self.store.number(name)
        except Exception:
            return -1

    def own(self, name: str) -> str:
        try:
            return self.checked.load(name)
        except Exception:
            return "none"

    def made(self, text: str) -> int:
        try:
            return len(Store.of(text).rows)
        except Exception:
            return -1

    def parsed(self, text: str) -> int:
        try:
            return Store.parse(text)
        except Exception:
            return -1

    def through_self(self, name: str) -> str:
        try:
            return self._look(name)
        except Exception:
            return "none"

    def _look(self, name: str) -> str:
        return self.checked.load(name) + self.store.load(name)


NARROWED = ["Till.number", "Till.own", "Till.made", "Till.parsed", "Till.through_self"]
ARRIVE = [
    ("KeyError", lambda: Till(Store({})).number("a")),
    ("ValueError", lambda: Till(Store({"a": "x"})).number("a")),
    ("Missing", lambda: Till(Checked({})).number("_a")),
    ("Missing", lambda: Till(Store({})).own("_a")),
    ("KeyError", lambda: Till(Store({})).own("a")),
    ("Broken", lambda: Till(Store({})).made("")),
    ("ValueError", lambda: Till(Store({})).parsed("x")),
    ("Missing", lambda: Till(Store({})).through_self("_b")),
]
