# args: --target-version 3.10
from typing import Dict, List, Optional, Union

One = Union[int]
Nothing = Optional[None]


def f(a: Union[str], b: Union[None], c: List[Union[Dict[str, Optional[Union[int, None]]]]]) -> Union[One, One]: ...
# output
One = int
Nothing = None


def f(a: str, b: None, c: list[dict[str, int | None]]) -> One: ...
