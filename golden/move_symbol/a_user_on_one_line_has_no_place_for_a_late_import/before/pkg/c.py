from pkg.a import one


def two(
    x): return one() + x
