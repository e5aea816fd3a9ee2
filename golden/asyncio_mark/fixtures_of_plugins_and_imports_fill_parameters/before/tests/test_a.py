import pytest


async def test_a(db, mocker, monkeypatch):
    pass

# before
async def test_b(make_db):
    pass
