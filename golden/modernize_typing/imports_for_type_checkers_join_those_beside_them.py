# args: --target-version 3.11
from __future__ import annotations
from typing import TYPE_CHECKING, Sequence
if TYPE_CHECKING:
    from collections.abc import Sized
    from typing_extensions import Self, Mapping
    from typing import (
        Any,
        Iterator,
        Optional,
    )
def g(a: Iterator[Any], b: Optional[Sized], c: Self, d: Sequence[int], e: Mapping[str, int]): ...
# output
from __future__ import annotations
from collections.abc import Sequence
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sized
    from typing import (
        Any,
        Self,
    )
def g(a: Iterator[Any], b: Sized | None, c: Self, d: Sequence[int], e: Mapping[str, int]): ...
