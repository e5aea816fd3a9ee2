async def test_p(lh): await lh.go()
