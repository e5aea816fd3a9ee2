B = 0


def one():
    from pkg.a import Error
    raise Error
