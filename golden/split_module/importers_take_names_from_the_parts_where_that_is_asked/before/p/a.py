from .m import one, two as zwei


def f():
    from p.m import two

    return one, zwei, two
