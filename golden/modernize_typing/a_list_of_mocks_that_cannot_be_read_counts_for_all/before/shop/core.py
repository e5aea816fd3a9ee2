import datetime
from pathlib import Path
from typing import Optional
from heavylib import Heavy
from shop.grid import Grid
from . import grid
def f(a: Optional[Heavy], b: Optional[Grid], c: Optional[Path], d: Optional[grid.Grid], e: Optional[datetime.date]): ...
