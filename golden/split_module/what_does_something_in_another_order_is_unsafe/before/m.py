import sys


def one():
    return two()


print("first", one)


def two():
    return 2


print("second", two)
