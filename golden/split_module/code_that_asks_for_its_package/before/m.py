from importlib import import_module


def one():
    return import_module('.x', __package__)


def two():
    return 2
