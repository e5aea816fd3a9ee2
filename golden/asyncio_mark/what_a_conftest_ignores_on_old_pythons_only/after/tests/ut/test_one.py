import pytest


@pytest.mark.asyncio
async def test_one(): assert True
