import asyncio

import pytest


async def f():
    pass


def test_run():
    asyncio.run(f())


def test_loop(event_loop):
    event_loop.run_until_complete(f())


def test_inner():
    async def inner():
        await f()

    asyncio.run(inner())


@pytest.fixture
def loop():
    return asyncio.new_event_loop()
