# args: --target-version 3.10
import typing


class Node:
    def up(self) -> typing.Optional['Node']: ...
# output
class Node:
    def up(self) -> "Node | None": ...
