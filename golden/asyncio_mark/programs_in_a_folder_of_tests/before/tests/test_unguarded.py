import asyncio


async def test_a():
    print("hi")


asyncio.run(test_a())
