LIMIT = 3


def one():
    return LIMIT


def two():
    return 2
