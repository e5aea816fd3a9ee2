import pytest


class TestContract:
    @pytest.mark.asyncio
    async def test_put(self):
        pass


@pytest.mark.asyncio
async def test_get():
    pass
