import asyncio

import pytest


async def test_a():
    await asyncio.sleep(0)


# about the next one
async def test_b(tmp_path):
    pass


def test_sync():
    pass


class TestA:
    """A class."""

    async def test_m(self):
        pass

    @pytest.mark.parametrize("n", [1, 2])
    async def test_n(self, n):
        pass
# output
import asyncio

import pytest


@pytest.mark.asyncio
async def test_a():
    await asyncio.sleep(0)


# about the next one
@pytest.mark.asyncio
async def test_b(tmp_path):
    pass


def test_sync():
    pass


class TestA:
    """A class."""

    @pytest.mark.asyncio
    async def test_m(self):
        pass

    @pytest.mark.asyncio
    @pytest.mark.parametrize("n", [1, 2])
    async def test_n(self, n):
        pass
