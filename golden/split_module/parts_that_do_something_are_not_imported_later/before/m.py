__all__ = ["one", "two"]


def one():
    return 1


@print
def two():
    return one() + 1
