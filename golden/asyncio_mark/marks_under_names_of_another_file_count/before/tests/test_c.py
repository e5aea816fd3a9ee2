import marks

pytestmark = [marks.aio]


async def test_d():
    pass
