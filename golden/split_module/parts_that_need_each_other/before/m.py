def one():
    return two()


def two():
    return one() + 1
