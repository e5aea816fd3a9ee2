def f():
    import pkg.a

    return pkg.a.one()


def g():
    import pkg.a as m

    return m.one() + m.two()
