import pytest


async def test_option(tool):
    assert pytest


@pytest.mark.asyncio
async def test_none(monkeypatch):
    assert pytest
