# args: --target-version 3.10
from typing import Dict, Optional


def f(  # the function
    a: Optional[int],  # one
    # then
    b: Dict[str, int] = {},  # two
) -> Optional[str]:  # result
    c: Optional[int] = a  # type: ignore
    return c  # Optional[int]
# output
def f(  # the function
    a: int | None,  # one
    # then
    b: dict[str, int] = {},  # two
) -> str | None:  # result
    c: int | None = a  # type: ignore
    return c  # Optional[int]
