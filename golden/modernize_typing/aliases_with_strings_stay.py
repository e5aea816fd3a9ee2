# args: --target-version 3.10
# skips: 3 T01-string
# skips: 4 T01-string
from typing import Optional, Union

Parent = Optional["Node"]
Either = Union["Node", "Leaf", None]


class Node: ...


class Leaf: ...
