from ... import strings
from ...strings import deep


def cut(text):
    return strings, deep
