import pytest


async def test_pool(pool):
    assert pytest


async def test_client(client):
    assert pytest
