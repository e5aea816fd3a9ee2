# args: --target-version 3.10
from typing import List as Größe, Optional as Ω


def f(x: Ω[int], y: Größe[str]) -> None: ...
# output
def f(x: int | None, y: list[str]) -> None: ...
