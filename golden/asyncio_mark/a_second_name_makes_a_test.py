async def check():
    assert True


async def other():
    assert True


test_checked = check
# output
import pytest


@pytest.mark.asyncio
async def check():
    assert True


async def other():
    assert True


test_checked = check
