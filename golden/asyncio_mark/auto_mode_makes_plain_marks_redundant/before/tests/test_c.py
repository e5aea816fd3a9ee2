import pytest


class TestC:
    @pytest.mark.asyncio
    async def test_c(self):
        pass
