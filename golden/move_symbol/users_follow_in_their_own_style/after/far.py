import pkg.a
import pkg.b
import pkg.b as b
from pkg.b import one as uno


def g():
    from pkg.a import two
    from pkg.b import one

    return one() + two() + uno() + b.one()


class C:
    value = pkg.b.one()
