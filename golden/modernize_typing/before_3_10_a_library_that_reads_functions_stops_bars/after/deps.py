from __future__ import annotations

from typing import Optional

from fastapi import Depends


def current(token: Optional[str], scopes: list[str]) -> Optional[int]:
    found: int | None = None
    return found


user = Depends(current)
