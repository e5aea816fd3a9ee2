import builtins

from errs import *


def number(text: str) -> int:
    try:
        return int(text)
    except builtins.ValueError:
        return 0
