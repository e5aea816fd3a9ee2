# -*- coding: latin-1 -*-
import os

__name__ = __package__  # as before: loggers, pickles and reprs say it


def two():
    return os
