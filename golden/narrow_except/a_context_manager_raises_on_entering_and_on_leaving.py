# args: --unsafe
# path: shop.py
class Locked(Exception):
    pass


class Dirty(Exception):
    pass


class Till:
    def __enter__(self) -> "Till":
        raise Locked

    def __exit__(self, *caught: object) -> None:
        raise Dirty


def count() -> bool:
    try:
        with Till():
            print("counting")
    except Exception:
        return False
    return True
# output
class Locked(Exception):
    pass


class Dirty(Exception):
    pass


class Till:
    def __enter__(self) -> "Till":
        raise Locked

    def __exit__(self, *caught: object) -> None:
        raise Dirty


def count() -> bool:
    try:
        with Till():
            print("counting")
    except (Dirty, Locked):
        return False
    return True
