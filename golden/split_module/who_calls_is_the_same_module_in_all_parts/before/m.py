import sys


def ask():
    return sys._getframe(1).f_globals["__name__"]


def value():
    return 1
