import os

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


LEVEL = os.environ["LEVEL"]


def one():
    return LEVEL
