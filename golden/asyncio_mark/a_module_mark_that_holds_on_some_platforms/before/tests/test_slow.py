import sys

import pytest

if sys.platform != "win32":
    pytestmark = pytest.mark.slow


async def test_a():
    pass
