def _next(x):
    return x + 1


def one():
    return _next(0)


def two():
    return 2
