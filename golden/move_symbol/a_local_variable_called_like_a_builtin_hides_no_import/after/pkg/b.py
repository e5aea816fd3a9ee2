from codecs import open


def four():
    open = 1
    return open


def one():
    return open("x")
