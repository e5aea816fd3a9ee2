from ... import texts
from ...texts import deep


def cut(text):
    return texts, deep
