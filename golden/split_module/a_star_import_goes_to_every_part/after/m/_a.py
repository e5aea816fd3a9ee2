from os.path import *

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


def one(p):
    return basename(p)
