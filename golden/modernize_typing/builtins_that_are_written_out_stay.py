# args: --target-version 3.10
import builtins
from typing import Any


class Store:
    def list(self) -> None: ...

    def f(self, a: builtins.list[int], b: dict[str, Any]) -> None: ...
