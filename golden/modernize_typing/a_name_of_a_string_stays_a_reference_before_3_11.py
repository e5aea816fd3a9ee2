# args: --target-version 3.10
# skips: 6 T03-bare-string
# skips: 6 T03-bare-string
from typing import Callable, Dict, List

Later = "Node"


def f(a: List[Later], b: Callable[[Later], int], c: Dict[str, int]) -> None: ...


class Node: ...
# output
from typing import Callable, List

Later = "Node"


def f(a: List[Later], b: Callable[[Later], int], c: dict[str, int]) -> None: ...


class Node: ...
