# args: --target-version 3.10
# skips: 3 T13-value
# skips: 4 T13-value
from typing import Optional, Union

NAME = Optional[int].__name__
TYPES = Union[int, str].__args__
