read = int


def size(text: str) -> int:
    try:
        return read(text)
    except Exception:
        return 0
