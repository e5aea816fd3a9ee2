from ._a import one


def two():
    return one() + 1
