from text import lazy, plain as _

TEN = _("ten")


def one():
    return lazy("one")
