# args: --unsafe
# path: case.py
import os
from contextlib import suppress


def gone(table: dict, key):
    with suppress(Exception):
        del table[key]
# output
import os
from contextlib import suppress


def gone(table: dict, key):
    with suppress(KeyError):
        del table[key]
