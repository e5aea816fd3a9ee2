# args: --target-version 3.10
from typing import Literal


def f(mode: "Literal['List', 'Optional[int]']", other: Literal["Dict[str, int]"]) -> None: ...
