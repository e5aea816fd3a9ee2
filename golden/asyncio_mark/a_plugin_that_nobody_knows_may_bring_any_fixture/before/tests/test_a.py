async def test_a(company):
    pass
