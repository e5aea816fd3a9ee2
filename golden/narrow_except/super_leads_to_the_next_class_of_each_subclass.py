# args: --unsafe
# path: shop.py
class Closed(Exception):
    pass


class Shop:
    def open(self, text: str) -> int:
        return int(text)


class Guarded(Shop):
    def open(self, text: str) -> int:
        raise Closed


class Told(Shop):
    def open(self, text: str) -> int:
        return super().open(text)


class Corner(Told, Guarded):
    pass


class Plain(Shop):
    def open(self, text: str) -> int:
        return super().open(text)


def corner(text: str) -> int:
    try:
        return Corner().open(text)
    except Exception:
        return 0


def plain(text: str) -> int:
    try:
        return Plain().open(text)
    except Exception:
        return 0
# output
class Closed(Exception):
    pass


class Shop:
    def open(self, text: str) -> int:
        return int(text)


class Guarded(Shop):
    def open(self, text: str) -> int:
        raise Closed


class Told(Shop):
    def open(self, text: str) -> int:
        return super().open(text)


class Corner(Told, Guarded):
    pass


class Plain(Shop):
    def open(self, text: str) -> int:
        return super().open(text)


def corner(text: str) -> int:
    try:
        return Corner().open(text)
    except (ValueError, Closed):
        return 0


def plain(text: str) -> int:
    try:
        return Plain().open(text)
    except ValueError:
        return 0
