import sys

import pytest

if sys.version_info < (3, 8):
    pytestmark = pytest.mark.asyncio


async def test_a():
    pass
