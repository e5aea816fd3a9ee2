async def test_c():
    pass
