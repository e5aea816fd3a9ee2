import pytest


async def test_a(backend, port):
    assert pytest


async def test_b(backend, lh):
    assert pytest
