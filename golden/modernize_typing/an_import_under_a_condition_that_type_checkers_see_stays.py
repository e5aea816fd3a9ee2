# args: --target-version 3.12
# skips: 6 T23-conditional
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    if sys.platform == "linux":
        from typing import Sequence


def first(found: "Sequence[int]") -> int:
    return found[0]
