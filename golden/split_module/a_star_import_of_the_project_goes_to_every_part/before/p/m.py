from .x import *


def one():
    return y


def two():
    return 2
