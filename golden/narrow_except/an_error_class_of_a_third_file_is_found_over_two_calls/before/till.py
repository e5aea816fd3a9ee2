import store


def price(name: str) -> str:
    try:
        return store.load_twice(name)
    except Exception:
        return ""
