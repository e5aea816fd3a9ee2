from pkg.a import one


def three():
    return one() * 3
