# args: --target-version 3.10
# path: app/api.py
# skips: 1 T22-kept
# skips: 1 T22-kept
from typing import Dict, List, Optional

__all__ = ["f"]
__all__ += ["List"]
__all__.extend(["Dict"])


def f(a: List[int], b: Dict[str, int]) -> Optional[int]: ...
# output
from typing import Dict, List

__all__ = ["f"]
__all__ += ["List"]
__all__.extend(["Dict"])


def f(a: list[int], b: dict[str, int]) -> int | None: ...
