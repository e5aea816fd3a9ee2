from unittest.mock import MagicMock, Mock, patch

import aiohttp
import asyncio
import httpx
from sqlalchemy.ext.asyncio import AsyncSession


def test_httpx(mocker):
    client = httpx.AsyncClient()
    client.get = Mock(return_value=Mock())
    client.stream = MagicMock()
    response = Mock(spec=httpx.Response)
    response.json = Mock()
    response.aread = Mock()
    with patch("httpx.AsyncClient") as cls:
        cls.return_value.post.return_value = response


def test_aiohttp():
    response = MagicMock(spec=aiohttp.ClientResponse)
    response.json = MagicMock(return_value={})
    response.raise_for_status = MagicMock()


def test_database(db: AsyncSession):
    db.execute = Mock()
    db.add = Mock()
    db.begin = MagicMock()


def test_queue():
    queue = asyncio.Queue()
    queue.put = Mock()
    queue.put_nowait = Mock()
# output
from unittest.mock import AsyncMock, MagicMock, Mock, patch

import aiohttp
import asyncio
import httpx
from sqlalchemy.ext.asyncio import AsyncSession


def test_httpx(mocker):
    client = httpx.AsyncClient()
    client.get = AsyncMock(return_value=Mock())
    client.stream = MagicMock()
    response = Mock(spec=httpx.Response)
    response.json = Mock()
    response.aread = AsyncMock()
    with patch("httpx.AsyncClient") as cls:
        cls.return_value.post = AsyncMock(return_value=response)


def test_aiohttp():
    response = MagicMock(spec=aiohttp.ClientResponse)
    response.json = AsyncMock(return_value={})
    response.raise_for_status = MagicMock()


def test_database(db: AsyncSession):
    db.execute = AsyncMock()
    db.add = Mock()
    db.begin = MagicMock()


def test_queue():
    queue = asyncio.Queue()
    queue.put = AsyncMock()
    queue.put_nowait = Mock()
