import pytest

try:
    from pytest_asyncio import fixture
except ImportError:
    from pytest import fixture


@fixture
async def conn():
    return pytest
