# args: --target-version 3.10
from typing import Dict, List, cast


class Table:
    Rows = List[int]

    class Row(Dict[str, int]): ...

    empty = cast(List[int], [])

    def list(self) -> None: ...
    def dict(self) -> None: ...

    late = cast(List[int], [])
# output
import builtins
from typing import cast


class Table:
    Rows = list[int]

    class Row(dict[str, int]): ...

    empty = cast(list[int], [])

    def list(self) -> None: ...
    def dict(self) -> None: ...

    late = cast(builtins.list[int], [])
