# Copyright 2026 Shop
# All rights reserved.

"""The first."""

import os

__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


def one():
    return os
