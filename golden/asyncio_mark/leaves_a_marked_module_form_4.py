import pytest

pytestmark: list = [pytest.mark.asyncio]


async def test_a():
    pass
