from ._a import X

__name__ = __package__  # as before: loggers, pickles and reprs say it


def two():
    return X
