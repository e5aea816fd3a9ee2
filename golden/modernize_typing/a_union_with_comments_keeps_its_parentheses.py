# args: --target-version 3.10
from typing import List, Union


def f() -> Union[List[int], Union[(int,  # one
            str,  # two
            bytes)]]: ...
# output
def f() -> list[int] | (int  # one
            | str  # two
            | bytes): ...
