# args: --target-version 3.10
from typing import Dict, List, Set, Tuple

from compat import set

for tuple in ():
    pass


def f(a: Set[int], b: Tuple[int, str], c: List[int]) -> Dict[str, int]: ...
# output
import builtins

from compat import set

for tuple in ():
    pass


def f(a: builtins.set[int], b: builtins.tuple[int, str], c: list[int]) -> dict[str, int]: ...
