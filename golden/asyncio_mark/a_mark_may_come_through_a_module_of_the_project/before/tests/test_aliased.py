from .compat import aio, pytest


@aio
async def test_marked():
    pass


@pytest.fixture
async def test_data():
    return 1
