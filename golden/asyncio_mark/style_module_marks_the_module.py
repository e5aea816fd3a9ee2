# args: --style module
"""All async."""

import asyncio

from m import f

LIMIT = 3


async def test_a():
    await asyncio.sleep(0)


class TestA:
    async def test_b(self):
        assert await f() < LIMIT
# output
"""All async."""

import asyncio

import pytest
from m import f

pytestmark = pytest.mark.asyncio

LIMIT = 3


async def test_a():
    await asyncio.sleep(0)


class TestA:
    async def test_b(self):
        assert await f() < LIMIT
