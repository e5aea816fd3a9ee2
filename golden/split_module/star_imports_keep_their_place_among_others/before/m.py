from os.path import *
from os.path import join as basename


def one(p):
    return basename(p)


def two(p):
    return one(p)
