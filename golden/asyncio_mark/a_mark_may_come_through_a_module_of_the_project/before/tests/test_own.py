from .own import mark


@mark.asyncio
async def test_own():
    pass
