# args: --target-version 3.10
from typing import Annotated, ClassVar, Optional


class Node:
    root: ClassVar[Optional["Node"]] = None
    first: Annotated[Optional["Node"], "doc"] = None
# output
from typing import Annotated, ClassVar


class Node:
    root: ClassVar["Node | None"] = None
    first: Annotated["Node | None", "doc"] = None
