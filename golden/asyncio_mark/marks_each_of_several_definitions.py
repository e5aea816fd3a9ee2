import sys

import pytest

if sys.version_info >= (3, 12):
    async def test_a():
        pass
else:
    async def test_a():
        pass


async def test_twice():
    pass


async def test_twice():  # noqa: F811
    pass


@pytest.mark.asyncio
async def test_done():
    pass
# output
import sys

import pytest

if sys.version_info >= (3, 12):
    @pytest.mark.asyncio
    async def test_a():
        pass
else:
    @pytest.mark.asyncio
    async def test_a():
        pass


@pytest.mark.asyncio
async def test_twice():
    pass


@pytest.mark.asyncio
async def test_twice():  # noqa: F811
    pass


@pytest.mark.asyncio
async def test_done():
    pass
