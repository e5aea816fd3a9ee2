from . import text as t
from .text import truncate, widen
from .text import truncate as brief


def label(item):
    print(f"{truncate(item.name)!r}", brief("a"), t.truncate("b"))
    return widen(truncate(item.name))
