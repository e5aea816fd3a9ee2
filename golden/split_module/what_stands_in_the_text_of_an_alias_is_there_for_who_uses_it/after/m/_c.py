from ._a import T

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


def two(thing: T) -> T:
    return thing
