import sys

__all__ = ["one"]


def one():
    return 1


if sys.platform == "win32":
    __all__.append("drive")

    def drive():
        return one()
