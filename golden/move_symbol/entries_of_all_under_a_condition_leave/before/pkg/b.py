__all__ = ["old"]
__all__ = ["b"]
if __debug__:
    __all__ += ["old"]
b = old = 0
