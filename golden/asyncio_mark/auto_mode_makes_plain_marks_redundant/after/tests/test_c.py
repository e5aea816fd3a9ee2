class TestC:
    async def test_c(self):
        pass
