import pytest


async def test_a():
    assert pytest


async def test_b(lh):
    assert pytest
