# unsafe: 15
from contextlib import asynccontextmanager

import pytest
from elsewhere import magic


@pytest.fixture
@asynccontextmanager
async def manager():
    yield 1


@pytest.fixture
@magic
async def hidden():
    yield 1


@pytest.fixture
async def plain():
    yield 1
# output
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from elsewhere import magic


@pytest.fixture
@asynccontextmanager
async def manager():
    yield 1


@pytest.fixture
@magic
async def hidden():
    yield 1


@pytest_asyncio.fixture
async def plain():
    yield 1
