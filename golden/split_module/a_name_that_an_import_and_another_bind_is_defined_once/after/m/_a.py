import json

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


try:
    from fast import loads
except ImportError:
    loads = json.loads
