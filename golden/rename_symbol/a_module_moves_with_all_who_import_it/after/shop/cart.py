import shop.strings
import shop.strings as t
from shop import strings
from shop.strings import shorten


def label(texts):
    return shop.strings.shorten(texts) + t.shorten("a")


def first():
    from .strings import shorten
    from . import strings

    return strings.shorten("a") + shorten("b")


print(strings.shorten("c"))
