import pytest


async def test_a(lh):
    assert pytest


async def test_b(here):
    assert pytest
