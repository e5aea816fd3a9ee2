# Copyright 2026 Shop
# All rights reserved.

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


def two():
    return 2
