# args: --target-version 3.10
# skips: 4 T08-operand
# skips: 5 T01-string
from typing import Optional, Union

Later = "Node"
Maybe = Optional[Later]
Either = Union["Node", int]
Number = Union[int, float]


class Node: ...
# output
from typing import Optional, Union

Later = "Node"
Maybe = Optional[Later]
Either = Union["Node", int]
Number = int | float


class Node: ...
