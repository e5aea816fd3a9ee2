# args: --target-version 3.10
# skips: 7 T14-generic-base
# skips: 8 T14-generic-base
# skips: 8 T14-generic-base
from typing import Dict, List, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Rows(List[V]): ...
class Table(Dict[K, List[V]]): ...
