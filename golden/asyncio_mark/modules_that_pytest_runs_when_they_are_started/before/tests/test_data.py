import asyncio

import pytest


async def test_a():
    pass


async def load():
    return 1


DATA = asyncio.run(load())
