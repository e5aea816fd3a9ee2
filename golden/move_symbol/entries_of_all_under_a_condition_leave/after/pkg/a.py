import sys

__all__ = ["zero"]
__all__ = [
    "two",
    *([] if sys.platform == "linux" else []),
]
if sys.version_info >= (3, 9):
    __all__ += ["three"]


def two():
    return 2


def three():
    return 3


def zero():
    return 0
