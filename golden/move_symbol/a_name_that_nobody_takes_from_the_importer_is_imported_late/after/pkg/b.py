from pkg.c import three


def six():
    return three() * 2


def one():
    return 1
