# args: --target-version 3.10
from typing import Literal, Optional, Union


class Node:
    def side(self, at: Union["Node", Literal["left"]]) -> Optional["Node"]: ...
# output
from typing import Literal


class Node:
    def side(self, at: 'Node | Literal["left"]') -> "Node | None": ...
