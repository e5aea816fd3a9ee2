from os import sep


def one():
    return sep
