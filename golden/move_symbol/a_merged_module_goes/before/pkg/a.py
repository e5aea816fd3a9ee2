"""Old."""

import os

SEP = os.sep


# TODO: more


def one():
    return SEP
