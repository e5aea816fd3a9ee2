import os

B = 0


def one():
    return os.sep
