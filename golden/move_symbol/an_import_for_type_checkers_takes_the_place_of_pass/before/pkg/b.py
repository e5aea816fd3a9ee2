from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

ONE = 1
