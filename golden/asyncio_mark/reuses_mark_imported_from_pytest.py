from pytest import mark, raises


async def test_a():
    with raises(ValueError):
        await f()


async def f():
    raise ValueError
# output
from pytest import mark, raises


@mark.asyncio
async def test_a():
    with raises(ValueError):
        await f()


async def f():
    raise ValueError
