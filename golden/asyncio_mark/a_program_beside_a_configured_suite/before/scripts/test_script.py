import asyncio
async def test_retry(): print("hi")
if __name__ == "__main__":
    asyncio.run(test_retry())
