import pytest


class TestContract:
    async def test_put(self):
        pass


async def test_get():
    pass
