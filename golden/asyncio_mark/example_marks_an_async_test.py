import pytest


async def test_fetch():
    assert await fetch() == 1


@pytest.mark.asyncio
async def test_marked():
    assert await fetch() == 1


def test_plain():
    assert True
# output
import pytest


@pytest.mark.asyncio
async def test_fetch():
    assert await fetch() == 1


@pytest.mark.asyncio
async def test_marked():
    assert await fetch() == 1


def test_plain():
    assert True
