import os


def one():
    return LEVEL


os.environ.setdefault("LEVEL", "1")
LEVEL = os.environ["LEVEL"]


def two():
    return 2
