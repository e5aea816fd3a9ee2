# args: --target-version 3.10
# skips: 11 T16-not-types
# skips: 12 T16-not-types
# skips: 15 T16-not-types
from typing import Union

import app
from app import TYPES


class Kinds:
    TYPES = (int, str)


More = Union[app.TYPES]
Same = Union[TYPES]


def f(a: Union[Kinds.TYPES]) -> None: ...
