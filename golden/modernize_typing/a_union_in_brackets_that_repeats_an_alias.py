# args: --target-version 3.10
from typing import Optional, Union


def f(a: Union[Union[int, str], Union[str, bytes]], b: Optional[Union[int, Optional[str]]] = None) -> None: ...
# output
def f(a: int | str | bytes, b: int | str | None = None) -> None: ...
