# args: --target-version 3.10
# path: app/types.py
# skips: 1 T22-kept
# skips: 2 T22-kept
# skips: 3 T22-kept
from typing import Dict, List, Optional, Sequence
from typing import Set as Set
from typing import Type  # noqa: F401

__all__ = ["List", "Sequence", "f"]


def f(a: List[int], b: Dict[str, int], c: Sequence[str]) -> Optional[int]: ...
# output
from collections.abc import Sequence
from typing import List
from typing import Set as Set
from typing import Type  # noqa: F401

__all__ = ["List", "Sequence", "f"]


def f(a: list[int], b: dict[str, int], c: Sequence[str]) -> int | None: ...
