from pkg.c import three


def two():
    from pkg.b import one
    return three() + one()
