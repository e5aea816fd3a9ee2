# args: --unsafe
# path: shop.py
class Missing(Exception):
    pass


class Broken(Exception):
    pass


class Store:
    def load(self, name: str) -> str:
        return name


class Files(Store):
    def load(self, name: str) -> str:
        raise Missing(name)


class Tapes(Files):
    def load(self, name: str) -> str:
        if not name:
            raise Broken
        return super().load(name)


def from_any(store: Store, name: str) -> str:
    try:
        return store.load(name)
    except Exception:
        return ""


def from_one(name: str) -> str:
    store = Files()
    try:
        return store.load(name)
    except Exception:
        return ""
# output
class Missing(Exception):
    pass


class Broken(Exception):
    pass


class Store:
    def load(self, name: str) -> str:
        return name


class Files(Store):
    def load(self, name: str) -> str:
        raise Missing(name)


class Tapes(Files):
    def load(self, name: str) -> str:
        if not name:
            raise Broken
        return super().load(name)


def from_any(store: Store, name: str) -> str:
    try:
        return store.load(name)
    except (Broken, Missing):
        return ""


def from_one(name: str) -> str:
    store = Files()
    try:
        return store.load(name)
    except Missing:
        return ""
