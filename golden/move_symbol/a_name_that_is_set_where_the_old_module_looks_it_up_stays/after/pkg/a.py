from pkg.b import one


def two():
    return one() * 2
