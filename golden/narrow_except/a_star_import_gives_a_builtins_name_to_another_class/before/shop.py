from errs import *


def number(text: str) -> int:
    try:
        return int(text)
    except Exception:
        return 0
