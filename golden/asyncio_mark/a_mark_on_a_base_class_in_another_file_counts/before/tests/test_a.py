import base
from base import Listed


class TestA(base.Base):
    async def test_a(self):
        pass


class TestB(Listed):
    async def test_b(self):
        pass
