import pytest


async def test_a():
    assert pytest
