# args: --unsafe
# path: shop.py
import json


def check(number: int) -> None:
    if number == 1:
        raise json.JSONDecodeError("bad", "", 0)
    raise ValueError("bad")


def ok(number: int) -> bool:
    try:
        check(number)
    except Exception:
        return False
    return True
# output
import json


def check(number: int) -> None:
    if number == 1:
        raise json.JSONDecodeError("bad", "", 0)
    raise ValueError("bad")


def ok(number: int) -> bool:
    try:
        check(number)
    except ValueError:
        return False
    return True
