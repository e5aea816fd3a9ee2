class Base:
    async def test_a(self):
        pass


class Other:
    async def test_a(self):
        pass
