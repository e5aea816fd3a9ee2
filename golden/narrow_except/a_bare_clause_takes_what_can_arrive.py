# args: --unsafe
# path: case.py
import os


def size(path):
    try:
        return os.stat(path)
    except:  # any
        return 0
# output
import os


def size(path):
    try:
        return os.stat(path)
    except (OSError, ValueError):  # any
        return 0
