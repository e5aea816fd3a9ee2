def _next(x):
    return x + 1


def two():
    return 2
