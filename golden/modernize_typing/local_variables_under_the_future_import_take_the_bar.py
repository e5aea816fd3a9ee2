# args: --target-version 3.9
from __future__ import annotations

from typing import Dict, Optional, Union


def f(rows):
    found: Optional[int] = None
    names: Dict[str, Union[int, str]] = {}
    for row in rows:
        last: Optional[str] = row
    return found, names, last
# output
from __future__ import annotations


def f(rows):
    found: int | None = None
    names: dict[str, int | str] = {}
    for row in rows:
        last: str | None = row
    return found, names, last
