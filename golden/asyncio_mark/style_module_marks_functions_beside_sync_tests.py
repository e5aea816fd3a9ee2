# args: --style module
import pytest


async def test_a():
    pass


@pytest.mark.slow
def test_b():
    pass
# output
import pytest


@pytest.mark.asyncio
async def test_a():
    pass


@pytest.mark.slow
def test_b():
    pass
