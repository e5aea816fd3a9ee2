# args: --unsafe
# path: shop.py
# skips: 15 N22-generic-use
class Refused(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def check(prices: dict[str, int]) -> None:
    if prices["apple"] > 3:
        raise Refused(3)


def pay(prices: dict[str, int]) -> int:
    try:
        check(prices)
    except Exception as error:
        return error.code
    return 0
