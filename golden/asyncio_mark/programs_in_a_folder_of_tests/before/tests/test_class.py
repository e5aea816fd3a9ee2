import asyncio


class TestA:
    async def test_a(self):
        print("hi")


if __name__ == "__main__":
    with asyncio.Runner() as runner:
        runner.run(TestA().test_a())
