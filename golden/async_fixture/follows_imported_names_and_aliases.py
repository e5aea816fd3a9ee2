import pytest as pt
import pytest_asyncio as pa
from pytest import fixture, yield_fixture


@fixture
async def a():
    return 1


@pt.fixture(scope="class")
async def b():
    return 1


@yield_fixture
async def c():
    yield 1


@pt.mark.asyncio
async def test_a(a, b, c):
    pass


@fixture
def d():
    return 1
# output
import pytest as pt
import pytest_asyncio as pa
from pytest import fixture


@pa.fixture
async def a():
    return 1


@pa.fixture(scope="class")
async def b():
    return 1


@pa.fixture
async def c():
    yield 1


@pt.mark.asyncio
async def test_a(a, b, c):
    pass


@fixture
def d():
    return 1
