# args: --target-version 3.10
# skips: 4 T16-not-types
# skips: 7 T16-not-types
# skips: 8 T16-not-types
from typing import Optional, Union

TYPES = (int, str)
Any_ = Union[TYPES]


def f(a: Union[TYPES]) -> Optional[int]: ...
def g(a: Union[tuple(TYPES)]) -> None: ...
# output
from typing import Union

TYPES = (int, str)
Any_ = Union[TYPES]


def f(a: Union[TYPES]) -> int | None: ...
def g(a: Union[tuple(TYPES)]) -> None: ...
