import functools

B = 0


def one():
    from pkg.a import base
    @functools.cache
    def inner():
        return base(0)

    return inner()
