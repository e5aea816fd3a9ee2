# args: --target-version 3.10
# skips: 7 T16-not-types
# skips: 8 T16-not-types
# skips: 9 T16-not-types
# skips: 9 T16-not-types
from typing import Tuple, Union

from typing_extensions import Unpack

TYPES = (int, str)

A = Union[TYPES]
B = Union[tuple(TYPES)]
C = Tuple[Unpack[Tuple[int, ...]]]
D = Union[int]
# output
from typing import Tuple, Union

from typing_extensions import Unpack

TYPES = (int, str)

A = Union[TYPES]
B = Union[tuple(TYPES)]
C = Tuple[Unpack[Tuple[int, ...]]]
D = int
