# args: --unsafe
# path: shop.py
class Closed(Exception):
    pass


class Apple:
    name = "apple"

    @property
    def price(self) -> int:
        raise Closed


class Scale:
    def __eq__(self, other: object) -> bool:
        raise Closed


def of_property(good: object, text: str) -> int:
    try:
        match good:
            case Apple(price=1):
                return 1
        return int(text)
    except Exception:
        return 0


def of_attribute(good: object, text: str) -> int:
    try:
        match good:
            case Apple(name="apple"):
                return 1
        return int(text)
    except Exception:
        return 0


def of_value(text: str) -> int:
    scale = Scale()
    try:
        match scale:
            case 1:
                return 1
        return int(text)
    except Exception:
        return 0
# output
class Closed(Exception):
    pass


class Apple:
    name = "apple"

    @property
    def price(self) -> int:
        raise Closed


class Scale:
    def __eq__(self, other: object) -> bool:
        raise Closed


def of_property(good: object, text: str) -> int:
    try:
        match good:
            case Apple(price=1):
                return 1
        return int(text)
    except (ValueError, Closed):
        return 0


def of_attribute(good: object, text: str) -> int:
    try:
        match good:
            case Apple(name="apple"):
                return 1
        return int(text)
    except ValueError:
        return 0


def of_value(text: str) -> int:
    scale = Scale()
    try:
        match scale:
            case 1:
                return 1
        return int(text)
    except (ValueError, Closed):
        return 0
