"""Texts."""

import os

SEP = os.sep


def first():
    return 1


# ---- the second ----


def second():
    return 2
