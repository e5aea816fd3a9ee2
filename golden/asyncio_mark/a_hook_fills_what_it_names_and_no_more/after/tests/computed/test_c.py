import pytest


@pytest.mark.asyncio
async def test_c(anything):
    assert pytest
