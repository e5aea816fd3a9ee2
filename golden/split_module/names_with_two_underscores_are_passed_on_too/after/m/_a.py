__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


__version__ = "1"
__cache = {}


def one():
    return __version__, __cache
