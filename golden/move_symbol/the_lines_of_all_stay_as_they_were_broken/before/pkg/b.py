__all__ = ["zero"]


def zero():
    return 0
