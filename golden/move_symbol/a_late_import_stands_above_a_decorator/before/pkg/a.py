import functools


def base(x):
    return x + 1


def one():
    @functools.cache
    def inner():
        return base(0)

    return inner()


ONE = one()
