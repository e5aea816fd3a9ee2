# args: --target-version 3.10
from typing import List, Optional, Union


def f(
    a: None | Union[int, str],
    b: str | Optional[int],
    c: bytes | (Union[None, int] | str),
    d: None | List[int],
    e: None | int | None | List[str],
    g: "bytes | Union[None, int] | str",
) -> None: ...
# output
def f(
    a: None | int | str,
    b: str | int | None,
    c: bytes | (None | int | str),
    d: None | list[int],
    e: None | int | None | list[str],
    g: "bytes | None | int | str",
) -> None: ...
