# skips: 5 C002-ignored
import pytest


# the whole point
async def test_a():  # codemod: ignore[asyncio-mark]
    pass


@pytest.mark.asyncio
async def test_b():
    pass
