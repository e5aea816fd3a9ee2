# path: tests/invariants.py
import pytest


@pytest.mark.asyncio
async def test_a():
    pass


async def test_b():
    pass
