from .compat import async_fixture, fixture


@fixture
async def number():
    return 1


@async_fixture
async def other():
    return 1
