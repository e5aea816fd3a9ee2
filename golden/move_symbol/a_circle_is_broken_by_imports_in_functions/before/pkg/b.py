from pkg.a import two


def four():
    return two() * 2
