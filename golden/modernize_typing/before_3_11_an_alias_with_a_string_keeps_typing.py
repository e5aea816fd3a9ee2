# args: --target-version 3.10
# skips: 3 T03-bare-string
# skips: 4 T03-bare-string
# skips: 5 T01-string
from typing import Callable, Dict, Optional

Registry = Dict[str, "Node"]
Visitor = Callable[["Node"], None]
Maybe = Optional["Node"]


class Node: ...
