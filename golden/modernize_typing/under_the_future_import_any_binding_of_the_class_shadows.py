# args: --target-version 3.10
from __future__ import annotations

from typing import Dict, List, Type


class Store:
    kind: Type[int]
    rows: Dict[str, int]
    type: str

    def dict(self) -> Dict[str, int]: ...

    def after(self, rows: Dict[str, int]) -> List[int]: ...
# output
from __future__ import annotations

import builtins


class Store:
    kind: builtins.type[int]
    rows: builtins.dict[str, int]
    type: str

    def dict(self) -> builtins.dict[str, int]: ...

    def after(self, rows: builtins.dict[str, int]) -> list[int]: ...
