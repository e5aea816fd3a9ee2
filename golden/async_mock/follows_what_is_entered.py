from contextlib import asynccontextmanager
from unittest.mock import AsyncMock, MagicMock, patch

import aiohttp
import httpx


class Connection:
    async def fetch(self): ...

    def is_closed(self): ...


class Pool:
    @asynccontextmanager
    async def acquire(self):
        yield Connection()


@patch("test_case.Pool")
def test_pool(pool):
    connection = MagicMock()
    connection.fetch.return_value = []
    connection.is_closed.return_value = False
    pool.return_value.acquire.return_value.__aenter__.return_value = connection


@patch("test_case.httpx.AsyncClient")
@patch("test_case.aiohttp.ClientSession")
def test_clients(session, client):
    # what __aenter__ gives is an AsyncMock, and so are its children
    client.return_value.__aenter__.return_value.get.return_value = MagicMock()
    session.return_value.get.return_value.__aenter__.return_value.json.return_value = {}


def test_response():
    session = MagicMock(spec=aiohttp.ClientSession)
    response = MagicMock()
    response.json.return_value = {}
    response.raise_for_status.return_value = None
    session.get.return_value.__aenter__ = AsyncMock(return_value=response)
    session.get.return_value.__aenter__.return_value = response
# output
from contextlib import asynccontextmanager
from unittest.mock import AsyncMock, MagicMock, patch

import aiohttp
import httpx


class Connection:
    async def fetch(self): ...

    def is_closed(self): ...


class Pool:
    @asynccontextmanager
    async def acquire(self):
        yield Connection()


@patch("test_case.Pool")
def test_pool(pool):
    connection = MagicMock()
    connection.fetch = AsyncMock(return_value=[])
    connection.is_closed.return_value = False
    pool.return_value.acquire.return_value.__aenter__.return_value = connection


@patch("test_case.httpx.AsyncClient")
@patch("test_case.aiohttp.ClientSession")
def test_clients(session, client):
    # what __aenter__ gives is an AsyncMock, and so are its children
    client.return_value.__aenter__.return_value.get.return_value = MagicMock()
    session.return_value.get.return_value.__aenter__.return_value.json.return_value = {}


def test_response():
    session = MagicMock(spec=aiohttp.ClientSession)
    response = MagicMock()
    response.json = AsyncMock(return_value={})
    response.raise_for_status.return_value = None
    session.get.return_value.__aenter__ = AsyncMock(return_value=response)
    session.get.return_value.__aenter__.return_value = response
