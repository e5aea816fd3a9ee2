# args: --target-version 3.10
from typing import Dict, Optional, Union


def f(a: Union[(Dict[str, int])], b: Optional[(int)], c: Union[(int), (Union[(str, bytes)])]) -> None: ...
# output
def f(a: dict[str, int], b: int | None, c: int | str | bytes) -> None: ...
