from codecs import open


def one():
    return open("x")


X = 1
