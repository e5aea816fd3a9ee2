import pytest


class LoginTests:
    @pytest.mark.asyncio
    async def test_login(self):
        pass

    async def test_replaced(self):
        pass

    async def helper(self):
        pass


class NeverUsed:
    async def test_login(self):
        pass
