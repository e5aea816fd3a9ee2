import importlib

LIMIT = 3


def one():
    return LIMIT, importlib


def two():
    return 2
