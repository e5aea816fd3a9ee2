from pkg.b import one as one


def two():
    return 2
