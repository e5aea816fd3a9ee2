from __future__ import annotations

from typing import List, Optional

from fastapi import Depends


def current(token: Optional[str], scopes: List[str]) -> Optional[int]:
    found: Optional[int] = None
    return found


user = Depends(current)
