# skips: 1 T00-target
from typing import Optional

x: Optional[int] = None
