# args: --unsafe
# path: shop.py
class Cycle(Exception):
    pass


def even(number: int) -> bool:
    if number < 0:
        raise Cycle
    return number == 0 or odd(number - 1)


def odd(number: int) -> bool:
    return number != 0 and even(number - 1)


def shown(number: int) -> bool:
    try:
        return odd(number)
    except Exception:
        return False
# output
class Cycle(Exception):
    pass


def even(number: int) -> bool:
    if number < 0:
        raise Cycle
    return number == 0 or odd(number - 1)


def odd(number: int) -> bool:
    return number != 0 and even(number - 1)


def shown(number: int) -> bool:
    try:
        return odd(number)
    except Cycle:
        return False
