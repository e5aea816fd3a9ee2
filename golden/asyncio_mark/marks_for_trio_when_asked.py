# args: --marker trio
import pytest


async def test_a(request):
    pass


@pytest.mark.asyncio
async def test_b():
    pass
# output
import pytest


@pytest.mark.trio
async def test_a(request):
    pass


@pytest.mark.asyncio
async def test_b():
    pass
