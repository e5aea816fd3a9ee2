from os.path import *
from os.path import join as basename

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


def one(p):
    return basename(p)
