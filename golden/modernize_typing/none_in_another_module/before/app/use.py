from typing import Optional, Union

from app import Context
from . import compat


def connect(context: Optional[Context], port: Optional[int]) -> None: ...


def other(
    a: Union[compat.Factory, int], b: Optional[compat.Context]
) -> Optional[str]: ...
