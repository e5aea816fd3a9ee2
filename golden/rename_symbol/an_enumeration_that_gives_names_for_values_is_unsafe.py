# args: --symbol test_case.Kind.old --to new
# unsafe: 5
from enum import StrEnum, auto


class Kind(StrEnum):
    old = auto()
    other = auto()
