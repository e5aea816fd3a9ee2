# args: --unsafe
# path: shop.py
def check(number: int) -> None:
    if number == 1:
        raise FileNotFoundError(2, "gone")
    if number == 2:
        raise ConnectionError("cut")
    if number == 3:
        raise TimeoutError("late")
    raise OSError(5, "broken")


def ok(number: int) -> bool:
    try:
        check(number)
    except Exception:
        return False
    return True
# output
def check(number: int) -> None:
    if number == 1:
        raise FileNotFoundError(2, "gone")
    if number == 2:
        raise ConnectionError("cut")
    if number == 3:
        raise TimeoutError("late")
    raise OSError(5, "broken")


def ok(number: int) -> bool:
    try:
        check(number)
    except OSError:
        return False
    return True
