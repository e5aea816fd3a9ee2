import sys


def ask(name):
    return sys._getframe(1).f_globals[name]


def value():
    return 1
