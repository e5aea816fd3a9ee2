from os.path import *

__name__ = __package__  # as before: loggers, pickles and reprs say it


def one(p):
    return basename(p)
