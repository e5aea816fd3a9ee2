# args: --target-version 3.10
from typing import TYPE_CHECKING

if TYPE_CHECKING: from typing import List

if TYPE_CHECKING:
    from typing import Optional
else:
    Extra = object


def f(a: "List[int]") -> "Optional[str]": ...
# output
from typing import TYPE_CHECKING

if TYPE_CHECKING: pass

if TYPE_CHECKING:
    pass
else:
    Extra = object


def f(a: "list[int]") -> "str | None": ...
