from typing import List

from ._a import Base, Many, Maybe

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


def one(many: Many) -> Maybe:
    return many[0]
