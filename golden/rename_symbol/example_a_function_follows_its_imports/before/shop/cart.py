from . import text as t
from .text import shorten, widen
from .text import shorten as brief


def label(item):
    print(f"{shorten(item.name)!r}", brief("a"), t.shorten("b"))
    return widen(shorten(item.name))
