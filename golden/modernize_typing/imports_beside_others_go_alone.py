# args: --target-version 3.10
import os; from typing import List


def f(a: List[int]) -> None:
    from typing import Optional, cast; import re
    b: Optional[int] = cast(int, re)
    return os.path, b


from typing import Dict


def g(a: "Dict[str, int]") -> None: ...
# output
import os


def f(a: list[int]) -> None:
    from typing import cast; import re
    b: int | None = cast(int, re)
    return os.path, b


def g(a: "dict[str, int]") -> None: ...
