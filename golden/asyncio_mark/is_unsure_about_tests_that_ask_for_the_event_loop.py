# unsafe: 4
import pytest


async def test_a(event_loop):
    await event_loop.run_in_executor(None, print)


@pytest.mark.asyncio
async def test_b(event_loop):
    pass
