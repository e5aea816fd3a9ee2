__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


_seen = []


def see(thing):
    _seen.append(thing)
