from .compat import async_fixture


@async_fixture
async def number():
    return 1


@async_fixture
async def other():
    return 1
