from .compat import fixture, mark


@fixture
def number():
    return 1


@mark.asyncio
async def test_marked(number):
    assert number


@mark.asyncio
async def test_unmarked(number):
    assert number
