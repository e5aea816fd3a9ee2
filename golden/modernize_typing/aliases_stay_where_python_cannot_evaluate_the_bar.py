# args: --target-version 3.9
# skips: 5 T00-target
from __future__ import annotations

from typing import Dict, List, Optional, Union

Maybe = Optional[int]
Either = Dict[str, Union[int, str]]
Names = List[str]


def f(a: Maybe, b: Optional[Names]) -> Either: ...
# output
from __future__ import annotations

from typing import Optional, Union

Maybe = Optional[int]
Either = dict[str, Union[int, str]]
Names = list[str]


def f(a: Maybe, b: Names | None) -> Either: ...
