import datetime
from pathlib import Path
from typing import Optional
from heavylib import Heavy
from shop.grid import Grid
from . import grid
def f(a: Optional[Heavy], b: Grid | None, c: Path | None, d: grid.Grid | None, e: datetime.date | None): ...
