# args: --target-version 3.10
from typing import Optional
from typing_extensions import *

# List and Optional are spoken of here


def f(x: Optional[int], y: List[str]) -> None: ...
# output
from typing_extensions import *

# List and Optional are spoken of here


def f(x: int | None, y: list[str]) -> None: ...
