# args: --target-version 3.10
# skips: 6 T16-not-types
from typing import Union

TYPES = [(int, str)]


def f(a: Union[TYPES[0]]) -> None: ...
