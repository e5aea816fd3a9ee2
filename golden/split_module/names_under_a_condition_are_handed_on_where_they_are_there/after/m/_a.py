__name__ = __package__  # as before: loggers, pickles and reprs say it


try:
    import fast
except ImportError:
    fast = None


def one():
    return fast
