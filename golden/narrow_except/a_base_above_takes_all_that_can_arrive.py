# args: --unsafe
# path: shop.py
# skips: 12 N03-taken
def check(number: int) -> None:
    if number == 1:
        raise FileNotFoundError(2, "gone")
    raise TimeoutError("late")


def ok(number: int) -> bool:
    try:
        check(number)
    except OSError:
        return False
    except Exception:
        return False
    return True
