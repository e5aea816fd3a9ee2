# args: --unsafe
# path: shop.py
class Closed(Exception):
    pass


class Good:
    def __init_subclass__(cls) -> None:
        raise OSError("no more goods")


def listed(good: type) -> type:
    raise Closed


def plain(good: type) -> type:
    return good


def decorated(text: str) -> object:
    try:
        @listed
        class Apple:
            weight = int(text)

        return Apple
    except Exception:
        return None


def inherited(text: str) -> object:
    try:
        class Apple(Good):
            weight = int(text)

        return Apple
    except Exception:
        return None


def kept(text: str) -> object:
    try:
        @plain
        class Apple:
            weight = int(text)

        return Apple
    except Exception:
        return None
# output
class Closed(Exception):
    pass


class Good:
    def __init_subclass__(cls) -> None:
        raise OSError("no more goods")


def listed(good: type) -> type:
    raise Closed


def plain(good: type) -> type:
    return good


def decorated(text: str) -> object:
    try:
        @listed
        class Apple:
            weight = int(text)

        return Apple
    except (ValueError, Closed):
        return None


def inherited(text: str) -> object:
    try:
        class Apple(Good):
            weight = int(text)

        return Apple
    except (OSError, ValueError):
        return None


def kept(text: str) -> object:
    try:
        @plain
        class Apple:
            weight = int(text)

        return Apple
    except ValueError:
        return None
