class Error(Exception):
    pass


def two():
    from pkg.b import one
    return one


TWO = two()
