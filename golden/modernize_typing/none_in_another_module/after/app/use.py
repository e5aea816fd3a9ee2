from typing import Optional, Union

from app import Context
from . import compat


def connect(context: Optional[Context], port: int | None) -> None: ...


def other(
    a: Union[compat.Factory, int], b: Optional[compat.Context]
) -> str | None: ...
