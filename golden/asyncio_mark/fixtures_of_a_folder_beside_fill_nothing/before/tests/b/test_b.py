import pytest


async def test_b(lh):
    assert pytest


async def test_c(mine):
    assert pytest
