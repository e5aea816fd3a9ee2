import store


def price(text: str) -> int:
    try:
        return store.read(text)
    except Exception:
        return 0


def start() -> None:
    store.read = len
