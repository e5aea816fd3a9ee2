# skips: 4 A12-asyncgen
import contextlib


async def test_a():
    yield 1


async def test_b():
    @contextlib.asynccontextmanager
    async def manager():
        yield 1

    async with manager():
        pass
# output
import contextlib

import pytest


async def test_a():
    yield 1


@pytest.mark.asyncio
async def test_b():
    @contextlib.asynccontextmanager
    async def manager():
        yield 1

    async with manager():
        pass
