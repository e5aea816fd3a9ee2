# args: --target-version 3.10
import asyncio
import functools
import queue
import weakref
from collections import deque
from datetime import date, datetime
from typing import Optional


def f(
    a: Optional[functools.partial],
    b: Optional[date],
    c: Optional[datetime],
    d: Optional[deque],
    e: Optional[queue.Queue],
    g: Optional[asyncio.Queue],
    h: Optional[weakref.ref],
    i: Optional[bytes],
) -> None: ...
# output
import asyncio
import functools
import queue
import weakref
from collections import deque
from datetime import date, datetime


def f(
    a: functools.partial | None,
    b: date | None,
    c: datetime | None,
    d: deque | None,
    e: queue.Queue | None,
    g: asyncio.Queue | None,
    h: weakref.ref | None,
    i: bytes | None,
) -> None: ...
