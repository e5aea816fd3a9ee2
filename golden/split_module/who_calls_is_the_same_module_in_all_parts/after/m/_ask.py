import sys

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


def ask():
    return sys._getframe(1).f_globals["__name__"]
