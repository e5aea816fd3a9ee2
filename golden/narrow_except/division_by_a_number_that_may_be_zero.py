# args: --unsafe
# path: shop.py
def ratio(part: int, whole: int) -> float:
    try:
        return part / whole
    except Exception:
        return 0.0


def rest(part: int, whole: int) -> int:
    try:
        part %= whole
    except Exception:
        return 0
    return part // 2
# output
def ratio(part: int, whole: int) -> float:
    try:
        return part / whole
    except ZeroDivisionError:
        return 0.0


def rest(part: int, whole: int) -> int:
    try:
        part %= whole
    except ZeroDivisionError:
        return 0
    return part // 2
