import sys

import pytest
import pytest_asyncio

if sys.version_info < (3, 8):
    from pytest_asyncio import fixture
else:
    from pytest import fixture


@pytest_asyncio.fixture
async def conn():
    return pytest
