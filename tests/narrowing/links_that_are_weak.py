"""Weak references, context variables, look-ups by attribute."""

import contextvars
import operator
import weakref


class Gone:
    name = "gone"


def value() -> str:
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable")
    try:
        return variable.get()
    except Exception:
        return "none"


def alive() -> str:
    proxy = weakref.proxy(Gone())
    try:
        return proxy.name
    except Exception:
        return "gone"


def item(row: dict[str, int], name: str) -> int:
    look = operator.itemgetter(name)
    try:
        return look(row)
    except Exception:
        return -1


def attribute(thing: object, name: str) -> object:
    try:
        return getattr(thing, name)
    except Exception:
        return "none"


def held(store: weakref.WeakValueDictionary, name: str) -> object:
    try:
        return store[name]
    except Exception:
        return "none"


ARRIVE = [
    ("LookupError", value),
    ("ReferenceError", alive),
    ("KeyError", lambda: item({}, "a")),
    ("KeyError", lambda: held(weakref.WeakValueDictionary(), "a")),
]
PROGRAMMING = [("AttributeError", lambda: attribute(3, "name"))]
