from pkg.a import _next

B = 0


def one():
    return _next(0)
