async def test_connection():
    pass
