async def check_b():
    pass
