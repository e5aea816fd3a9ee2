import pytest as pt


async def test_a():
    with pt.raises(ValueError):
        await f()


async def f():
    raise ValueError
# output
import pytest as pt


@pt.mark.asyncio
async def test_a():
    with pt.raises(ValueError):
        await f()


async def f():
    raise ValueError
