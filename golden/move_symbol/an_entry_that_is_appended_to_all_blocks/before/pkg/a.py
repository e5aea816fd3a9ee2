__all__ = ["two"]


def one():
    return 1


# one is for others, too
__all__.append("one")


def two():
    return 2
