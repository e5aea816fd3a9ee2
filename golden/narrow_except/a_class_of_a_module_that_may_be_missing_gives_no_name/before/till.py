try:
    from fast import load
except ImportError:
    from slow import load


def price(name: str) -> int:
    try:
        return load(name)
    except Exception:
        return 0
