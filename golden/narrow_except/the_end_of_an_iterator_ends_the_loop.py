# args: --unsafe
# path: shop.py
class Torn(Exception):
    pass


class Pages:
    def __init__(self, count: int) -> None:
        self.count = count

    def __iter__(self) -> "Pages":
        return self

    def __next__(self) -> int:
        if self.count == 0:
            raise StopIteration
        if self.count == 3:
            raise Torn
        self.count -= 1
        return self.count


def total(pages: Pages) -> int:
    result = 0
    try:
        for page in pages:
            result += page
    except Exception:
        return 0
    return result


def first(pages: Pages) -> int:
    try:
        return next(pages)
    except Exception:
        return 0
# output
class Torn(Exception):
    pass


class Pages:
    def __init__(self, count: int) -> None:
        self.count = count

    def __iter__(self) -> "Pages":
        return self

    def __next__(self) -> int:
        if self.count == 0:
            raise StopIteration
        if self.count == 3:
            raise Torn
        self.count -= 1
        return self.count


def total(pages: Pages) -> int:
    result = 0
    try:
        for page in pages:
            result += page
    except Torn:
        return 0
    return result


def first(pages: Pages) -> int:
    try:
        return next(pages)
    except (StopIteration, Torn):
        return 0
