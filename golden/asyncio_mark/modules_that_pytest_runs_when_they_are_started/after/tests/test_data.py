import asyncio

import pytest


@pytest.mark.asyncio
async def test_a():
    pass


async def load():
    return 1


DATA = asyncio.run(load())
