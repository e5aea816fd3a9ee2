import pytest

try:
    import uvloop
    loop_mark = pytest.mark.asyncio
except ImportError:
    loop_mark = pytest.mark.skip

pytestmark = [loop_mark]


async def test_a():
    pass
