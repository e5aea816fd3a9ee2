# args: --unsafe
# path: shop.py
class Refused(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def check() -> None:
    raise Refused(3)


def pay() -> int:
    try:
        check()
    except Exception as error:
        return error.code
    return 0
# output
class Refused(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def check() -> None:
    raise Refused(3)


def pay() -> int:
    try:
        check()
    except Refused as error:
        return error.code
    return 0
