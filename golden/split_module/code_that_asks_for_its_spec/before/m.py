def one():
    return __spec__


def two():
    return 2
