import store


def price(session, name: str) -> object:
    try:
        return store.load(session, name)
    except Exception:
        return None


def often(content, name: str) -> int:
    try:
        return content["text"].count(name)
    except Exception:
        return 0
