# args: --target-version 3.9
# skips: 5 T00-target
from typing import Dict, Optional, Union


def f(rows):
    found: Optional[int] = None
    names: Dict[str, Union[int, str]] = {}
    for row in rows:
        last: Optional[str] = row
    return found, names, last
# output
from typing import Optional, Union


def f(rows):
    found: Optional[int] = None
    names: dict[str, Union[int, str]] = {}
    for row in rows:
        last: Optional[str] = row
    return found, names, last
