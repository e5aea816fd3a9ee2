import sys

import pytest

if sys.version_info < (3, 8):
    from pytest_asyncio import fixture
else:
    from pytest import fixture


@fixture
async def conn():
    return pytest
