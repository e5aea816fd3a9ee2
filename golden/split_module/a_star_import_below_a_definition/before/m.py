def one():
    return 1


from os.path import *


def two():
    return 2
