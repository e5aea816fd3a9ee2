import json

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


def two(x: 'json.JSONDecoder'):
    return 2
