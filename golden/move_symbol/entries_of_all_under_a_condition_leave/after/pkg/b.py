__all__ = ["old"]
__all__ = ["b", "one"]
if __debug__:
    __all__ += ["old"]
b = old = 0


def one():
    return 1
