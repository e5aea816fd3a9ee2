# args: --target-version 3.10
# skips: 6 T22-kept
from __future__ import annotations

from typing import *


def f(a: "Callable[[Any], Optional[int]]", b: "Any", c: "Unknown") -> "Type": ...
# output
from __future__ import annotations

from typing import *


def f(a: Callable[[Any], int | None], b: "Any", c: "Unknown") -> type[Any]: ...
