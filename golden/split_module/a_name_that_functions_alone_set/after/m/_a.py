__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


def one():
    global x
    x = 1
    return x
