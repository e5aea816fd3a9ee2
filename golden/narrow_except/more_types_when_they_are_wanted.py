# args: --unsafe --max-types 6
# path: shop.py
def check(number: int) -> None:
    if number == 1:
        raise ValueError("1")
    if number == 2:
        raise KeyError("2")
    if number == 3:
        raise IndexError("3")
    if number == 4:
        raise OSError(4, "4")
    if number == 5:
        raise EOFError("5")
    raise RuntimeError("6")


def ok(number: int) -> bool:
    try:
        check(number)
    except Exception:
        return False
    return True
# output
def check(number: int) -> None:
    if number == 1:
        raise ValueError("1")
    if number == 2:
        raise KeyError("2")
    if number == 3:
        raise IndexError("3")
    if number == 4:
        raise OSError(4, "4")
    if number == 5:
        raise EOFError("5")
    raise RuntimeError("6")


def ok(number: int) -> bool:
    try:
        check(number)
    except (EOFError, IndexError, KeyError, OSError, RuntimeError, ValueError):
        return False
    return True
