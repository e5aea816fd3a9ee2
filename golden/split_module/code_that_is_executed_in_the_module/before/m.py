exec('x = 1')


def one():
    return 1


def two():
    return 2
