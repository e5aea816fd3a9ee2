def one():
    return x.y


def two():
    return one() + 1


from . import x
