# args: --unsafe
# path: shop.py
# skips: 18 N05-too-many
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
