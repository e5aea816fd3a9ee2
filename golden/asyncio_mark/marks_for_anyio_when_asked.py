# args: --marker anyio
async def test_a():
    pass
# output
import pytest


@pytest.mark.anyio
async def test_a():
    pass
