# skips: 3 A14-nested
# skips: 9 A14-nested
def test_outer(deco):
    @deco
    async def test_func():
        pass


def make():
    if True:
        async def test_inner():
            pass
    return test_inner
