# args: --target-version 3.10
# skips: 8 T06-may-be-none
from typing import Union

try:
    from numpy import ndarray
except ImportError:
    ndarray = None

Array = Union[ndarray, float]
