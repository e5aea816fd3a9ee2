from unittest import mock

import pytest
from send import fetch, load, poll

@pytest.mark.asyncio
async def test_fetch():
    transport = mock.Mock()
    transport.request.return_value = b"ok"
    assert await fetch(transport, "/") == b"ok"


@pytest.mark.asyncio
async def test_poll():
    source = mock.MagicMock()
    source.read.return_value.__aenter__.return_value = b"ok"
    assert await poll(source, False) == b"ok"


async def test_load():
    session = mock.MagicMock()
    session.request = mock.Mock(return_value=b"ok")
    assert await load(session, bytes) == b"ok"
