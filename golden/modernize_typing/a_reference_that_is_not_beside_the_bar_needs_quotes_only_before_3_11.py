# args: --target-version 3.11
from typing import List, Optional


class Node:
    def children(self) -> Optional[List["Node"]]: ...
# output
class Node:
    def children(self) -> list["Node"] | None: ...
