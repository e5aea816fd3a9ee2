import sys

LIMIT = 3


def one():
    return LIMIT


def two():
    return 2


sys.modules["m"] = two
sys.modules["m.more"] = one
