# args: --target-version 3.10
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from typing import List
    # and
    from typing import Dict
def f(a: "List[int]", b: "Dict[str, int]"): ...
# output
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    pass
    # and
def f(a: "list[int]", b: "dict[str, int]"): ...
