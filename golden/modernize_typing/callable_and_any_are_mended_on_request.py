# args: --target-version 3.10 --fix-callable
from typing import Dict, Optional


def f(a: Optional[callable], b: Dict[str, any], c: callable) -> None: ...
# output
from collections.abc import Callable
from typing import Any


def f(a: Callable | None, b: dict[str, Any], c: Callable) -> None: ...
