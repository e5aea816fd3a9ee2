__version__ = "1"
__cache = {}


def one():
    return __version__, __cache


def two():
    return 2
