# args: --target-version 3.10
# skips: 4 T04-string
from typing import List, Optional


def f(a: "Optional" "[List[int]]") -> None: ...
