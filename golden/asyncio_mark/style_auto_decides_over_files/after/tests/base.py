import pytest


@pytest.mark.asyncio
class Base:
    async def test_a(self):
        pass


class Other:
    @pytest.mark.asyncio
    async def test_a(self):
        pass
