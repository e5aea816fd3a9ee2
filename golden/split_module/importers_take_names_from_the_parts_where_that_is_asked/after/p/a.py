from .m._a import one
from .m._b import two as zwei


def f():
    from p.m._b import two

    return one, zwei, two
