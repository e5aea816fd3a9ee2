from unittest.mock import MagicMock

import pytest
from net import Plainly, Request, Session, Untyped, render


@pytest.mark.asyncio
async def test_get():
    response = MagicMock()
    response.close = MagicMock()
    response.header = MagicMock()
    request = MagicMock(return_value=response)
    assert await Session(request).get("/") is response


@pytest.mark.asyncio
async def test_several():
    first = MagicMock(close=MagicMock())
    request = MagicMock(side_effect=[first, OSError()])
    sends = MagicMock()
    await Session(request, sends, hook=MagicMock(), log=MagicMock()).get("/")


@pytest.mark.asyncio
async def test_attribute():
    session = Session(None)
    session.retry = MagicMock()
    await session.get("/")


@pytest.mark.asyncio
async def test_untyped():
    request = MagicMock(return_value=1)
    assert await Untyped(request).get("/") == 1


def test_plain():
    render(MagicMock(), quoted=MagicMock())


@pytest.mark.asyncio
async def test_spec():
    request = MagicMock(spec=Request)
    plainly = MagicMock(spec=Plainly)
    assert await Session(request).get("/")
    render(plainly)
