import sys


def known(cls):
    cls.names = sorted(sys.modules[cls.__module__].__dict__)
    return cls


@known
class One:
    pass


def two(module):
    sys.modules["other"] = module
    return sys.modules[module.__name__]
