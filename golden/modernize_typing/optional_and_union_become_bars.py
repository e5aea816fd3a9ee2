# args: --target-version 3.10
from typing import Any, Optional, Union


def find(name: Optional[str], limit: Union[int, float] = 1) -> Optional[Any]:
    found: Optional[str] = None
    return found
# output
from typing import Any


def find(name: str | None, limit: int | float = 1) -> Any | None:
    found: str | None = None
    return found
