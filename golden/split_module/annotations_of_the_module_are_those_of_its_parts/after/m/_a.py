__name__ = __package__  # as before: loggers, pickles and reprs say it


LIMIT: int = 3
