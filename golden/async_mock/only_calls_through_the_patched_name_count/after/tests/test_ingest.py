import asyncio
from unittest.mock import AsyncMock, MagicMock, patch

import app
from app import ingest, query
from app.ingest import handle

def test_handle():
    with patch("app.ingest.state", new_callable=AsyncMock): asyncio.run(handle(1))


def test_an_object():
    with patch.object(ingest, "state", AsyncMock()): asyncio.run(handle(1))


def test_monkeypatch(monkeypatch):
    monkeypatch.setattr(app.ingest, "state", AsyncMock())
    asyncio.run(handle(1))


def test_another_name():
    with patch("app.query.state", new_callable=MagicMock): asyncio.run(query.query(1))


def test_a_module_is_asked():
    with patch("app.ingest.rows", new_callable=MagicMock): query.rows(1)


def test_a_method(monkeypatch):
    monkeypatch.setattr(ingest.Store, "load", MagicMock())
    asyncio.run(handle(1))
