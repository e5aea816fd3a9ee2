import sys

import pytest

if sys.version_info < (3, 12):
    pytestmark = pytest.mark.asyncio
else:
    pytestmark = [pytest.mark.asyncio, pytest.mark.slow]


async def test_a():
    pass
