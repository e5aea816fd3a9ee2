def f():
    import pkg.a
    import pkg.b

    return pkg.b.one()


def g():
    import pkg.a as m
    import pkg.b as b

    return b.one() + m.two()
