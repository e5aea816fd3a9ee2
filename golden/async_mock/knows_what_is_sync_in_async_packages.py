import asyncio
from unittest.mock import MagicMock, Mock

import asyncpg
import httpx
import redis.asyncio
import websockets
from fastapi import Request
from motor.motor_asyncio import AsyncIOMotorCollection
from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session


def test_databases(pool: asyncpg.Pool, rows: AsyncIOMotorCollection, cache: redis.asyncio.Redis):
    pool.acquire = MagicMock()
    pool.fetch = Mock()
    connection: asyncpg.Connection = MagicMock()
    connection.transaction = MagicMock()
    connection.execute = Mock()
    cache.pipeline = MagicMock()
    cache.get = Mock()
    rows.find = Mock()
    rows.find_one = Mock()


def test_sessions(db: AsyncSession, plain: Session):
    db.commit = Mock()
    db.add_all = Mock()
    db.expunge = Mock()
    db.scalars = Mock()
    db.begin = MagicMock()
    plain.commit = Mock()
    plain.execute = Mock()


def test_http(request: Request, page: Page):
    client = httpx.AsyncClient()
    client.stream = MagicMock()
    client.delete = Mock()
    request.json = Mock()
    request.url_for = Mock()
    page.locator = Mock()
    page.goto = Mock()


def test_asyncio(process: asyncio.subprocess.Process, writer: asyncio.StreamWriter):
    process.wait = Mock()
    process.kill = Mock()
    process.terminate = Mock()
    process.communicate = Mock()
    writer.write = Mock()
    writer.close = Mock()
    writer.drain = Mock()
    lock = asyncio.Lock()
    lock.release = Mock()
    lock.acquire = Mock()


def test_connect(monkeypatch):
    monkeypatch.setattr(websockets, "connect", MagicMock())
# output
import asyncio
from unittest.mock import AsyncMock, MagicMock, Mock

import asyncpg
import httpx
import redis.asyncio
import websockets
from fastapi import Request
from motor.motor_asyncio import AsyncIOMotorCollection
from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session


def test_databases(pool: asyncpg.Pool, rows: AsyncIOMotorCollection, cache: redis.asyncio.Redis):
    pool.acquire = MagicMock()
    pool.fetch = AsyncMock()
    connection: asyncpg.Connection = MagicMock()
    connection.transaction = MagicMock()
    connection.execute = AsyncMock()
    cache.pipeline = MagicMock()
    cache.get = AsyncMock()
    rows.find = Mock()
    rows.find_one = AsyncMock()


def test_sessions(db: AsyncSession, plain: Session):
    db.commit = AsyncMock()
    db.add_all = Mock()
    db.expunge = Mock()
    db.scalars = AsyncMock()
    db.begin = MagicMock()
    plain.commit = Mock()
    plain.execute = Mock()


def test_http(request: Request, page: Page):
    client = httpx.AsyncClient()
    client.stream = MagicMock()
    client.delete = AsyncMock()
    request.json = AsyncMock()
    request.url_for = Mock()
    page.locator = Mock()
    page.goto = AsyncMock()


def test_asyncio(process: asyncio.subprocess.Process, writer: asyncio.StreamWriter):
    process.wait = AsyncMock()
    process.kill = Mock()
    process.terminate = Mock()
    process.communicate = AsyncMock()
    writer.write = Mock()
    writer.close = Mock()
    writer.drain = AsyncMock()
    lock = asyncio.Lock()
    lock.release = Mock()
    lock.acquire = AsyncMock()


def test_connect(monkeypatch):
    monkeypatch.setattr(websockets, "connect", MagicMock())
