from __future__ import annotations
from typing import Optional
import heavylib
Alias = Optional[heavylib.Grid]
def run(grid: heavylib.Grid | None = None) -> int | None: ...
