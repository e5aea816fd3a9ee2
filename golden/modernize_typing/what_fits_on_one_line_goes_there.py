# args: --target-version 3.10
from typing import Dict, Optional, Union


def f(
    a: Union[
        int,
        str,
    ],
    b: Optional[
        Dict[str, int]
    ] = None,
) -> None: ...
# output
def f(
    a: int | str,
    b: dict[str, int] | None = None,
) -> None: ...
