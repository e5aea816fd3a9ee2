# args: --target-version 3.10
from typing import List, Optional


def f(a: Optional[int]) -> List[int]: ...


PART = '''
from package import (
    name_0,  # what it is
    name_1,  # what it is
    name_2,  # what it is
    name_3,  # what it is
    name_4,  # what it is
    name_5,  # what it is
    name_6,  # what it is
    name_7,  # what it is
    name_8,  # what it is
    name_9,  # what it is
    name_10,  # what it is
    name_11,  # what it is
'''
# output
def f(a: int | None) -> list[int]: ...


PART = '''
from package import (
    name_0,  # what it is
    name_1,  # what it is
    name_2,  # what it is
    name_3,  # what it is
    name_4,  # what it is
    name_5,  # what it is
    name_6,  # what it is
    name_7,  # what it is
    name_8,  # what it is
    name_9,  # what it is
    name_10,  # what it is
    name_11,  # what it is
'''
