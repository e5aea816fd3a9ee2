# args: --target-version 3.10
from typing import Dict, Optional, Union


class Node:
    parent: Optional["Node"] = None

    def find(self, name: str, within: Optional["Node"] = None) -> Union["Node", None]: ...

    def all(self) -> Dict[str, Optional["Node"]]: ...
# output
class Node:
    parent: "Node | None" = None

    def find(self, name: str, within: "Node | None" = None) -> "Node | None": ...

    def all(self) -> "dict[str, Node | None]": ...
