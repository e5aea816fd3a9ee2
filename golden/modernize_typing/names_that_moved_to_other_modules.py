# args: --target-version 3.9
from typing import (
    AsyncContextManager,
    Awaitable,
    Coroutine,
    Hashable,
    Match,
    MutableMapping,
    Sequence,
    Sized,
)


async def f(a: Awaitable[int], b: MutableMapping[str, int], c: Sequence[str]) -> Match[str]: ...
def g(a: Hashable, b: Sized, c: AsyncContextManager[int]) -> Coroutine[int, int, int]: ...
# output
from collections.abc import Awaitable, Coroutine, Hashable, MutableMapping, Sequence, Sized
from contextlib import AbstractAsyncContextManager
from re import Match


async def f(a: Awaitable[int], b: MutableMapping[str, int], c: Sequence[str]) -> Match[str]: ...
def g(a: Hashable, b: Sized, c: AbstractAsyncContextManager[int]) -> Coroutine[int, int, int]: ...
