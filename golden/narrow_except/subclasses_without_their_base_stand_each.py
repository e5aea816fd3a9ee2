# args: --unsafe
# path: shop.py
def check(number: int) -> None:
    if number == 1:
        raise TimeoutError("late")
    raise FileNotFoundError(2, "gone")


def ok(number: int) -> bool:
    try:
        check(number)
    except Exception:
        return False
    return True
# output
def check(number: int) -> None:
    if number == 1:
        raise TimeoutError("late")
    raise FileNotFoundError(2, "gone")


def ok(number: int) -> bool:
    try:
        check(number)
    except (FileNotFoundError, TimeoutError):
        return False
    return True
