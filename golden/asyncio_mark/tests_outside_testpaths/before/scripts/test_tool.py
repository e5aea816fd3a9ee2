import asyncio


async def test_tool():
    pass


if __name__ == "__main__":
    asyncio.run(test_tool())
