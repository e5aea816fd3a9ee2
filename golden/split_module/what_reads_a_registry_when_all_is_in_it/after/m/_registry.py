__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


HANDLERS = {}


def register(function):
    HANDLERS[function.__name__] = function
    return function
