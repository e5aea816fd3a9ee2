"""Texts."""

import os

SEP = os.sep


def first():
    return 1


def cut(text):
    return text


# ---- the second ----


def second():
    return 2
