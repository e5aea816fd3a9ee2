from pkg.c import three


def six():
    return three() * 2
