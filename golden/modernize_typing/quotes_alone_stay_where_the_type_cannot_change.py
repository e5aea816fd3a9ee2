# args: --target-version 3.8
# skips: 9 T00-target
# skips: 9 T00-target
from __future__ import annotations

from typing import List, Optional

import pydantic


class A(pydantic.BaseModel):
    other: Optional["A"]
    many: List["A"]
    plain: "A"
