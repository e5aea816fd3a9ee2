async def test_tool(): print("hi")
