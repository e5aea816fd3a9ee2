import shelf


def price(name: str) -> object:
    try:
        from store import kept

        return kept(name)
    except Exception:
        return None


def weight(name: str) -> object:
    try:
        return shelf.kept(name)
    except Exception:
        return None
