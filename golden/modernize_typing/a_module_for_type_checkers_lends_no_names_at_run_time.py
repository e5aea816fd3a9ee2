# args: --target-version 3.11
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import typing
    from typing import Type
    class Shelf:
        def list(self) -> typing.List[typing.Deque[int]]: ...
def g(a: typing.Callable[[], int], b: Type) -> typing.Optional[typing.Set[int]]: ...
# output
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import builtins
    from collections import deque
    from collections.abc import Callable
    from typing import Any
    class Shelf:
        def list(self) -> builtins.list[deque[int]]: ...
def g(a: Callable[[], int], b: type[Any]) -> set[int] | None: ...
