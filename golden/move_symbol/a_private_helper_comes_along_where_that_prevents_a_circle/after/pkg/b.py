B = 0

_STEP = 1


def _next(x):
    return x + _STEP


def one():
    return _next(0)
