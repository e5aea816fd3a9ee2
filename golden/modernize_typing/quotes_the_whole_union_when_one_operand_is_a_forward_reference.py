# args: --target-version 3.10
from typing import Optional, Union


class Tree:
    def walk(
        self,
        start: Union[int, "Tree", None],
        *rest: Optional["Tree"],
        key: Optional["Tree"] = None,
        **named: Optional["Tree"],
    ) -> Union["Tree", "Leaf"]: ...

    async def later(self, other: Optional["Leaf"]) -> None: ...


class Leaf: ...
# output
class Tree:
    def walk(
        self,
        start: "int | Tree | None",
        *rest: "Tree | None",
        key: "Tree | None" = None,
        **named: "Tree | None",
    ) -> "Tree | Leaf": ...

    async def later(self, other: "Leaf | None") -> None: ...


class Leaf: ...
