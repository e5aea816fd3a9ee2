# args: --target-version 3.10
from typing import Any

from sqlalchemy import cast


def f(column: Any) -> Any:
    return cast("Optional[int]", column)
