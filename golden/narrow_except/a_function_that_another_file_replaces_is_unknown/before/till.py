import store


def price(name: str) -> int:
    try:
        return store.load(name)
    except Exception:
        return 0


def start() -> None:
    store.load = int
