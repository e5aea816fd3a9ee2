from unittest.mock import MagicMock, Mock, patch

import pytest


@pytest.mark.asyncio
async def test_async(hub, link):
    hub.load = MagicMock()
    link.handshake = MagicMock()
    hub.close = MagicMock()
    link.read_frame = MagicMock()
    link.unheard = MagicMock()


@pytest.mark.asyncio
async def test_spelled(made):
    with patch.object(made(), "load", MagicMock()), patch.object(made(), "close", MagicMock()):
        pass
    peer = made(MagicMock(handshake=MagicMock(), close=MagicMock()))
    assert peer


def test_sync(hub, link):
    hub.load = Mock()
    link.handshake = Mock()
    hub.close = Mock()


@pytest.mark.asyncio
async def test_taken(link):
    link.knock = Mock()


@pytest.mark.asyncio
async def test_the_taker_is_replaced(link):
    link.knock = Mock()
    with patch("asyncio.wait_for", side_effect=TimeoutError):
        pass
