async def test_a(db):
    pass


async def test_b(numbers):
    pass
