# skips: 38 A22-wrapping-decorator
# unsafe: 43
import functools

import pytest
from elsewhere import magic, proven


def same(f):
    f.tagged = True
    return f


def awaits(f):
    @functools.wraps(f)
    async def wrapper(*args, **kwargs):
        return await f(*args, **kwargs)

    return wrapper


def runs(f):
    def wrapper(*args, **kwargs):
        return None

    return wrapper


@same
async def test_same():
    pass


@awaits
async def test_awaits():
    pass


@runs
async def test_runs():
    pass


@magic
async def test_magic():
    pass


@pytest.mark.asyncio
@proven
async def test_marked():
    pass


@proven("x")
async def test_proven():
    pass
# output
import functools

import pytest
from elsewhere import magic, proven


def same(f):
    f.tagged = True
    return f


def awaits(f):
    @functools.wraps(f)
    async def wrapper(*args, **kwargs):
        return await f(*args, **kwargs)

    return wrapper


def runs(f):
    def wrapper(*args, **kwargs):
        return None

    return wrapper


@pytest.mark.asyncio
@same
async def test_same():
    pass


@pytest.mark.asyncio
@awaits
async def test_awaits():
    pass


@runs
async def test_runs():
    pass


@magic
async def test_magic():
    pass


@pytest.mark.asyncio
@proven
async def test_marked():
    pass


@pytest.mark.asyncio
@proven("x")
async def test_proven():
    pass
