# Copyright 2020 Somebody.
"""One."""


# at most one
def one():
    return 1
