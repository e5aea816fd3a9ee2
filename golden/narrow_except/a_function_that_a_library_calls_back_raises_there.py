# args: --unsafe
# path: shop.py
import re


class Odd(Exception):
    pass


def shout(match: re.Match[str]) -> str:
    if match.string == "b":
        raise Odd
    return match.string.upper()


def told(text: str) -> str:
    try:
        return re.sub("[a-z]", shout, text)
    except Exception:
        return ""
# output
import re


class Odd(Exception):
    pass


def shout(match: re.Match[str]) -> str:
    if match.string == "b":
        raise Odd
    return match.string.upper()


def told(text: str) -> str:
    try:
        return re.sub("[a-z]", shout, text)
    except Odd:
        return ""
