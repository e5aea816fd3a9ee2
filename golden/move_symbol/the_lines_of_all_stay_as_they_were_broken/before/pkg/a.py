__all__ = ("two", "one",
           "three", "four")


def one():
    return 1


def two():
    return 2


def three():
    return 3


four = 4
