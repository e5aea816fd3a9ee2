__name__ = __package__  # as before: loggers, pickles and reprs say it


def two():
    return 2
