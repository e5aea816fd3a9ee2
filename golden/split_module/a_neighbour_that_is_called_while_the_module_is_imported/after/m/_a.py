from _m import make

__name__ = __package__  # as before: loggers, pickles and reprs say it


X = make('X')
