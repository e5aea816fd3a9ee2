from pkg.b import one


def two():
    return 2
