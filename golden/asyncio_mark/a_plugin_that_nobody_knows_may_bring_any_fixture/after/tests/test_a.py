import pytest


@pytest.mark.asyncio
async def test_a(company):
    pass
