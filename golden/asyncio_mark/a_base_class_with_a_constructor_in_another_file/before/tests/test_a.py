from base import Base, Case


class TestA(Base):
    async def test_a(self):
        pass


class Other(Case):
    async def test_b(self):
        pass
