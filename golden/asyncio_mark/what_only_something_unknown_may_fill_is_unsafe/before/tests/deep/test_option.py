import pytest


async def test_option(tool):
    assert pytest


async def test_none(monkeypatch):
    assert pytest
