from pytest_asyncio import fixture


@fixture
async def value():
    return 1
