# args: --target-version 3.10
from typing import Any

kind = "x"  # the type: Dict[str, int] is what others have
text = "# type: List[int]"


def f(a: Any) -> None: ...
