from pkg.b import one


def base(x):
    return x + 1


ONE = one()
