# args: --unsafe
# path: shop.py
# skips: 21 N02-nothing
class Quiet:
    def __enter__(self) -> "Quiet":
        return self

    def __exit__(self, *caught: object) -> bool:
        return True


class Loud:
    def __enter__(self) -> "Loud":
        return self

    def __exit__(self, *caught: object) -> None:
        print("left")


def quiet(prices: dict[str, int]) -> int:
    try:
        with Quiet():
            return prices["apple"]
    except Exception:
        return 0
    return 1


def loud(prices: dict[str, int]) -> int:
    try:
        with Loud():
            return prices["apple"]
    except Exception:
        return 0
# output
class Quiet:
    def __enter__(self) -> "Quiet":
        return self

    def __exit__(self, *caught: object) -> bool:
        return True


class Loud:
    def __enter__(self) -> "Loud":
        return self

    def __exit__(self, *caught: object) -> None:
        print("left")


def quiet(prices: dict[str, int]) -> int:
    try:
        with Quiet():
            return prices["apple"]
    except Exception:
        return 0
    return 1


def loud(prices: dict[str, int]) -> int:
    try:
        with Loud():
            return prices["apple"]
    except KeyError:
        return 0
