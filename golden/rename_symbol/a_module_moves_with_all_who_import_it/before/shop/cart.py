import shop.texts
import shop.texts as t
from shop import texts
from shop.texts import shorten


def label(texts):
    return shop.texts.shorten(texts) + t.shorten("a")


def first():
    from .texts import shorten
    from . import texts

    return texts.shorten("a") + shorten("b")


print(texts.shorten("c"))
