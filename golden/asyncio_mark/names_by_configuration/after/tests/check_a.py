import pytest


@pytest.mark.asyncio
async def check_a():
    pass


async def checka():
    pass


async def test_a():
    pass


class LoginSuite:
    @pytest.mark.asyncio
    async def itWorks(self):
        pass


class TestLogin:
    async def check_b(self):
        pass
