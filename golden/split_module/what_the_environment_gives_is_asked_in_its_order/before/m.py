import os


def zero():
    return os.environ


A = os.environ.setdefault("LEVEL", "1")


def one():
    return A


B = os.environ.get("LEVEL")


def two():
    return B
