from pkg.c import three


def one():
    return 1


def two():
    return three() + one()
