# args: --target-version 3.10
from typing import Dict, List

try:
    from fast import list
except ImportError:
    pass


class Rows:
    dict = None

    def f(self, a: List[int], b: Dict[str, int]) -> None: ...
# output
import builtins

try:
    from fast import list
except ImportError:
    pass


class Rows:
    dict = None

    def f(self, a: builtins.list[int], b: builtins.dict[str, int]) -> None: ...
