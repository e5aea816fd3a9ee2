# args: --function mod.send --parameter "late: Late = None"
# path: mod.py
from __future__ import annotations as _later


def send(text):
    return text


class Late:
    pass
# output
from __future__ import annotations as _later


def send(text, late: Late = None):
    return text


class Late:
    pass
