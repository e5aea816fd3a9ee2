__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


try:
    import fast
except ImportError:
    fast = None


def one():
    return fast
