# args: --target-version 3.10 --imports none
from typing import Callable, Dict, Optional


def f(a: Optional[Dict[str, int]], b: Callable[[], int]) -> None: ...
# output
from typing import Callable, Dict, Optional


def f(a: dict[str, int] | None, b: Callable[[], int]) -> None: ...
