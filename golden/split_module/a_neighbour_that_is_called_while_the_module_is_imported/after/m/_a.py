from _m import make

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


X = make('X')
