_STEP = 1


def _next(x):
    return x + _STEP


def one():
    return _next(0)


def two():
    return one() * 2
