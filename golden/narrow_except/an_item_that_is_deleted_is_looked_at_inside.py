# args: --unsafe
# path: shop.py
class Refused(Exception):
    pass


def checked(place: int) -> int:
    if place < 0:
        raise Refused(place)
    return place


def drop(names: list[str], place: int) -> bool:
    try:
        del names[checked(place)]
    except Exception:
        return False
    return True
# output
class Refused(Exception):
    pass


def checked(place: int) -> int:
    if place < 0:
        raise Refused(place)
    return place


def drop(names: list[str], place: int) -> bool:
    try:
        del names[checked(place)]
    except (IndexError, Refused):
        return False
    return True
