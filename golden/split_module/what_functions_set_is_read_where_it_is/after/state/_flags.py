__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


DEBUG = False


def debug(on=True):
    global DEBUG
    DEBUG = on


def is_debug():
    return DEBUG
