import store


class TimeoutError(Exception):
    """Ours: the till was open for too long."""


def price(name: str) -> str:
    try:
        return store.load(name)
    except Exception:
        return ""
