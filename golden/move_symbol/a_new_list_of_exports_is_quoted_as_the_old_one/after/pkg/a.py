__all__ = ['two']


def two():
    return 2
