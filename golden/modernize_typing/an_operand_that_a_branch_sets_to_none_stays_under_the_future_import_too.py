# args: --target-version 3.10
# skips: 14 T06-may-be-none
# skips: 15 T06-may-be-none
from __future__ import annotations

import sys
from typing import Optional, Union

if sys.platform == "win32":
    from winreg import HKEYType
else:
    HKEYType = None


class Store:
    def read(self, size: int) -> None: ...
    def open(self, key: Optional[HKEYType]) -> None: ...
    def move(self, key: Union[str, HKEYType]) -> None: ...
