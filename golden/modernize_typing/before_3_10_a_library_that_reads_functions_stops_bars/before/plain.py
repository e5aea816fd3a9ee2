from __future__ import annotations

from typing import List, Optional


def current(token: Optional[str], scopes: List[str]) -> Optional[int]: ...
