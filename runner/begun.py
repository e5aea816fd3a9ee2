"""Imported where workers begin, and nowhere else: what a worker says when it starts badly.

One that is begun while its pool comes to an end (after a crash a new one is) finds nobody at the other end of
its pipe, or its locks gone. That is no news for anybody.
"""

from __future__ import annotations

import sys
from types import TracebackType

_OVER = (EOFError, ConnectionError, FileNotFoundError, KeyboardInterrupt)


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, _OVER):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _tell
