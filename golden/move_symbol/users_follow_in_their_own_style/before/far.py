import pkg.a
import pkg.a as m
from pkg.a import one as uno


def g():
    from pkg.a import one, two

    return one() + two() + uno() + m.one()


class C:
    value = pkg.a.one()
