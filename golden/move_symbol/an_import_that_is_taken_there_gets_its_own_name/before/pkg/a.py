from text import lazy as _

TWO = _("two")


def one():
    return _("one")
