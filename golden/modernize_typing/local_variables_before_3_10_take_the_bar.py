# args: --target-version 3.9
from typing import Dict, Optional, Union


def f(rows):
    found: Optional[int] = None
    names: Dict[str, Union[int, str]] = {}
    for row in rows:
        last: Optional[str] = row
    return found, names, last
# output
def f(rows):
    found: int | None = None
    names: dict[str, int | str] = {}
    for row in rows:
        last: str | None = row
    return found, names, last
