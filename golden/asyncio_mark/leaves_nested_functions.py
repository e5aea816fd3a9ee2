# skips: 15 A14-nested
# skips: 21 A14-nested
def test_outer(deco):
    @deco
    async def test_func():
        pass


def make():
    if True:
        async def test_inner():
            pass
    return test_inner


def test_forgotten():
    async def test_indented():
        pass


class TestA:
    def test_m(self):
        async def test_deep():
            pass

        async def test_run():
            await asyncio.sleep(0)

        asyncio.run(test_run())
