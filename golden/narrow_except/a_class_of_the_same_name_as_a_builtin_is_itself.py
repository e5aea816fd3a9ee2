# args: --unsafe
# path: shop.py
class TimeoutError(Exception):
    """Ours: the till was open for too long."""


def check() -> None:
    raise TimeoutError


def ok() -> bool:
    try:
        check()
    except Exception:
        return False
    return True
# output
class TimeoutError(Exception):
    """Ours: the till was open for too long."""


def check() -> None:
    raise TimeoutError


def ok() -> bool:
    try:
        check()
    except TimeoutError:
        return False
    return True
