# args: --target-version 3.11
from __future__ import annotations
import typing as t
from typing import TYPE_CHECKING as TC
if not TC:
    Any = object
else:
    from typing import Any, Callable, Deque, Dict, ContextManager
if t.TYPE_CHECKING: from typing import Iterable
def g(a: Callable[[], Any], b: Deque[Dict[str, int]], c: Iterable[int]) -> ContextManager[int]: ...
# output
from __future__ import annotations
import typing as t
from typing import TYPE_CHECKING as TC
if not TC:
    Any = object
else:
    from collections import deque
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from typing import Any
if t.TYPE_CHECKING: from collections.abc import Iterable
def g(a: Callable[[], Any], b: deque[dict[str, int]], c: Iterable[int]) -> AbstractContextManager[int]: ...
