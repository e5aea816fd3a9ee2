import pytest


@pytest.fixture(autouse=True)
async def clean():
    yield
