# args: --target-version 3.10
# skips: 1 T22-kept
# skips: 1 T22-kept
# skips: 1 T22-kept
from typing import (
    Any, List,  # beside
    Dict, Union,
    # at the end
)
def f(a: List[int], b: Dict[str, Any], c: Union[int, str]): ...
# output
from typing import (
    Any, List,  # beside
    Dict, Union,
    # at the end
)
def f(a: list[int], b: dict[str, Any], c: int | str): ...
