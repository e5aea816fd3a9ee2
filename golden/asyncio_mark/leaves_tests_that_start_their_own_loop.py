# skips: 6 A16-loop-inside
# skips: 10 A16-loop-inside
import asyncio

import pytest


async def test_run():
    asyncio.run(f())


async def test_loop():
    asyncio.new_event_loop().run_until_complete(f())


async def test_expected():
    with pytest.raises(RuntimeError):
        asyncio.run(f())


async def test_thread():
    def inside():
        return asyncio.run(f())

    await asyncio.to_thread(inside)


async def f():
    pass
# output
import asyncio

import pytest


async def test_run():
    asyncio.run(f())


async def test_loop():
    asyncio.new_event_loop().run_until_complete(f())


@pytest.mark.asyncio
async def test_expected():
    with pytest.raises(RuntimeError):
        asyncio.run(f())


@pytest.mark.asyncio
async def test_thread():
    def inside():
        return asyncio.run(f())

    await asyncio.to_thread(inside)


async def f():
    pass
