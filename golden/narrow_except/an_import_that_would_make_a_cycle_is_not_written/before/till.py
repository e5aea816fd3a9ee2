RATE = 3


def price(name: str) -> int:
    import store

    try:
        store.load(name)
    except Exception:
        return 0
    return RATE
