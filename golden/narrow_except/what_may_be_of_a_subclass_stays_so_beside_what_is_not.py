# path: shop.py
# args: --unsafe
class Shelf:
    def take(self) -> int:
        raise OSError


class Cold(Shelf):
    def take(self) -> int:
        raise KeyError


def last(shelf: Shelf, given: bool) -> int:
    if given:
        pass
    else:
        shelf = Shelf()
    try:
        return shelf.take()
    except Exception:
        return 0


def first(shelf: Shelf, given: bool) -> int:
    if not given:
        shelf = Shelf()
    try:
        return shelf.take()
    except Exception:
        return 0


def made(given: bool) -> int:
    if given:
        shelf = Shelf()
    else:
        shelf = Shelf()
    try:
        return shelf.take()
    except Exception:
        return 0
# output
class Shelf:
    def take(self) -> int:
        raise OSError


class Cold(Shelf):
    def take(self) -> int:
        raise KeyError


def last(shelf: Shelf, given: bool) -> int:
    if given:
        pass
    else:
        shelf = Shelf()
    try:
        return shelf.take()
    except (KeyError, OSError):
        return 0


def first(shelf: Shelf, given: bool) -> int:
    if not given:
        shelf = Shelf()
    try:
        return shelf.take()
    except (KeyError, OSError):
        return 0


def made(given: bool) -> int:
    if given:
        shelf = Shelf()
    else:
        shelf = Shelf()
    try:
        return shelf.take()
    except OSError:
        return 0
