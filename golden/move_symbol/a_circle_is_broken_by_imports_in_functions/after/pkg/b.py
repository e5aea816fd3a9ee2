from pkg.a import two


def four():
    return two() * 2


def one():
    return 1
