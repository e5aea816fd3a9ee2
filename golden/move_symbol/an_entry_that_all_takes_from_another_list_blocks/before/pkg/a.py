_BASE = ["one", "zero"]
__all__ = [*_BASE, "two"]


def one():
    return 1


def zero():
    return 0


def two():
    return 2
