import sys

from ._a import one

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it
__all__: list[str] = []  # what is added to it the package adds to its own


if sys.platform == "win32":
    __all__.append("drive")

    def drive():
        return one()
