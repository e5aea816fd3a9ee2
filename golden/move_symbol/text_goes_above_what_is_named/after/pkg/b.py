"""Texts."""

import os

SEP = os.sep


def cut(text):
    return text


def first():
    return 1


# ---- the second ----


def second():
    return 2
