# args: --target-version 3.10
from typing import List, Optional, Union


def f(
    a: Union[int, None, int],
    b: Optional[Union[str, None]],
    c: Union[Optional[int], str],
    d: Optional[None],
    e: Union[List[int], List[int]],
    g: Optional[Optional[int]],
    h: Union[(int, str)],
) -> None: ...
# output
def f(
    a: int | None,
    b: str | None,
    c: int | None | str,
    d: None,
    e: list[int],
    g: int | None,
    h: int | str,
) -> None: ...
