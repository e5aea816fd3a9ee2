__all__ = ("two",
           "three", "four")


def two():
    return 2


def three():
    return 3


four = 4
