from marks import aio


@aio
async def test_a():
    pass


@aio
class TestB:
    async def test_b(self):
        pass
