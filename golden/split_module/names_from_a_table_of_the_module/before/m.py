def one():
    return globals()['two']


def two():
    return 2
