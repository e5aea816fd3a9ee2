from os.path import *


def one(p):
    return basename(p)


def two(p):
    return one(p)
