# args: --target-version 3.10
# skips: 6 T13-value
from typing import Annotated, Dict, List, Optional

from fastapi import Depends


def f(a: Annotated[Optional[int], Depends(List[int])], b: Dict[str, int]) -> None: ...
# output
from typing import Annotated, List

from fastapi import Depends


def f(a: Annotated[int | None, Depends(List[int])], b: dict[str, int]) -> None: ...
