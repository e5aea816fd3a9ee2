from ._a import LIMIT

__name__ = __package__  # as before: loggers, pickles and reprs say it


def two():
    return LIMIT
