from typing import List, Optional, TypeVar

from . import _a, _b, _c
from ._a import Base as Base, T as T, Maybe as Maybe, Many as Many
from ._b import one as one
from ._c import two as two
