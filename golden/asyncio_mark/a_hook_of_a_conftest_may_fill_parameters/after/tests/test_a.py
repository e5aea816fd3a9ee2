import pytest


@pytest.mark.asyncio
async def test_gen(backend):
    assert pytest
