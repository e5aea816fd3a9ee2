import asyncio


async def test_a():
    print("hi")


async def main():
    await test_a()


def cli():
    asyncio.get_event_loop().run_until_complete(main())


if "__main__" == __name__:
    cli()
