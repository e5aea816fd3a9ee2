import os


def two():
    return 2


SEP = os.sep


# TODO: more


def one():
    return SEP
