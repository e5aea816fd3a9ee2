from . import other


def shorten(text):
    return other.cut(text)
