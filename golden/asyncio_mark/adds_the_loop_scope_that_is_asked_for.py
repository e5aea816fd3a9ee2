# args: --loop-scope session
import pytest


async def test_a():
    pass


@pytest.mark.asyncio
async def test_b():
    pass
# output
import pytest


@pytest.mark.asyncio(loop_scope="session")
async def test_a():
    pass


@pytest.mark.asyncio
async def test_b():
    pass
