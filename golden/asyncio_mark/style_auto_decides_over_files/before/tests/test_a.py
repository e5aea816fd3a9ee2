from base import Base, Other


class TestA(Base):
    async def test_b(self):
        pass


class TestO(Other):
    def test_sync(self):
        pass
