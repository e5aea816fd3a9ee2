from pytest_trio import trio_fixture


@trio_fixture
async def db():
    return 1
