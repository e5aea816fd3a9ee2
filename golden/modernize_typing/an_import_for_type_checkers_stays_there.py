# args: --target-version 3.11
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from typing import Iterator
def g() -> Iterator[int]: ...
# output
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from collections.abc import Iterator
def g() -> Iterator[int]: ...
