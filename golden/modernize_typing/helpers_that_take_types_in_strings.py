# args: --target-version 3.10 --forward-ref-helpers lazy_type
# skips: 9 T22-kept
from typing import ForwardRef

from app import lazy_type, other

a = lazy_type("Optional[Node]")
b = ForwardRef("typing.List[int]")
c = other("Optional[Node]")

from typing import List, Optional
import typing
# output
from typing import ForwardRef

from app import lazy_type, other

a = lazy_type("Node | None")
b = ForwardRef("list[int]")
c = other("Optional[Node]")

from typing import Optional
