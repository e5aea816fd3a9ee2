# args: --unsafe
# skips: 30 M33-unknown
# skips: 32 M33-unknown
# skips: 33 M33-unknown
import functools
from unittest.mock import MagicMock, Mock

import pytest
from helpers import open_stream, retry, run, stop


@pytest.mark.asyncio
async def test_protocols():
    stream = open_stream()
    stream.__aenter__ = MagicMock(return_value=stream)
    stream.__aiter__ = MagicMock(return_value=stream)
    stream.__anext__ = MagicMock(side_effect=[1, StopAsyncIteration])
    stream.__enter__ = MagicMock()
    async with stream:
        pass


@pytest.mark.asyncio
async def test_wrapped():
    target = MagicMock(spec=["__call__"], return_value=1)
    decorated = retry(target)
    assert await decorated(2) == 1


@pytest.mark.asyncio
async def test_wrapped_at_once():
    target = MagicMock(return_value=1)
    assert await functools.partial(target, 2)() == 1
    plain = MagicMock(spec_set=())
    assert retry(plain)() == 1
    assert await run(MagicMock()) == 1
    stopped = stop(MagicMock())
    await stopped


@pytest.mark.asyncio
async def test_spec():
    target = Mock(spec=["__call__"])
    await target()
    other = Mock(spec=["close"])
    other.close()
# output
import functools
from unittest.mock import AsyncMock, MagicMock, Mock

import pytest
from helpers import open_stream, retry, run, stop


@pytest.mark.asyncio
async def test_protocols():
    stream = open_stream()
    stream.__aenter__ = AsyncMock(return_value=stream)
    stream.__aiter__ = MagicMock(return_value=stream)
    stream.__anext__ = AsyncMock(side_effect=[1, StopAsyncIteration])
    stream.__enter__ = MagicMock()
    async with stream:
        pass


@pytest.mark.asyncio
async def test_wrapped():
    target = AsyncMock(spec=["__call__"], return_value=1)
    decorated = retry(target)
    assert await decorated(2) == 1


@pytest.mark.asyncio
async def test_wrapped_at_once():
    target = AsyncMock(return_value=1)
    assert await functools.partial(target, 2)() == 1
    plain = MagicMock(spec_set=())
    assert retry(plain)() == 1
    assert await run(MagicMock()) == 1
    stopped = stop(MagicMock())
    await stopped


@pytest.mark.asyncio
async def test_spec():
    target = AsyncMock(spec=["__call__"])
    await target()
    other = Mock(spec=["close"])
    other.close()
