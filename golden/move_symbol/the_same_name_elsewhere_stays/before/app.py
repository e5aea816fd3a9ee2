from pkg.c import one


def f(one=one):
    return one()
