# args: --target-version 3.10
# skips: 4 T13-value
from typing import Union

KINDS = tuple(
    kind.__name__ for kind in Union[int, str].__args__
)
