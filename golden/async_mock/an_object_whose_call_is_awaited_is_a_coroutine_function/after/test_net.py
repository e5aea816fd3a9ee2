from unittest.mock import AsyncMock, MagicMock

import pytest
from net import Plainly, Request, Session, Untyped, render


@pytest.mark.asyncio
async def test_get():
    response = MagicMock()
    response.close = AsyncMock()
    response.header = MagicMock()
    request = AsyncMock(return_value=response)
    assert await Session(request).get("/") is response


@pytest.mark.asyncio
async def test_several():
    first = MagicMock(close=AsyncMock())
    request = AsyncMock(side_effect=[first, OSError()])
    sends = AsyncMock()
    await Session(request, sends, hook=AsyncMock(), log=MagicMock()).get("/")


@pytest.mark.asyncio
async def test_attribute():
    session = Session(None)
    session.retry = AsyncMock()
    await session.get("/")


@pytest.mark.asyncio
async def test_untyped():
    request = AsyncMock(return_value=1)
    assert await Untyped(request).get("/") == 1


def test_plain():
    render(MagicMock(), quoted=AsyncMock())


@pytest.mark.asyncio
async def test_spec():
    request = AsyncMock(spec=Request)
    plainly = MagicMock(spec=Plainly)
    assert await Session(request).get("/")
    render(plainly)
