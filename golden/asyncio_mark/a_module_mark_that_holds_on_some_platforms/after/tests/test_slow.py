import sys

import pytest

if sys.platform != "win32":
    pytestmark = pytest.mark.slow


@pytest.mark.asyncio
async def test_a():
    pass
