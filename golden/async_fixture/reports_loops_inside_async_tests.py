# skips: 8 A48-loop-inside
import asyncio

import pytest


@pytest.mark.asyncio
async def test_a():
    asyncio.run(f())


async def f():
    pass
