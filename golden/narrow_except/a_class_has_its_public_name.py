# args: --unsafe
# path: shop.py
from xml.parsers import expat


def check(text: str) -> None:
    raise expat.ExpatError(text)


def ok(text: str) -> bool:
    try:
        check(text)
    except Exception:
        return False
    return True
# output
from xml.parsers import expat


def check(text: str) -> None:
    raise expat.ExpatError(text)


def ok(text: str) -> bool:
    try:
        check(text)
    except expat.ExpatError:
        return False
    return True
