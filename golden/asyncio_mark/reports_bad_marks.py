# skips: 5 A23-bad-existing-mark
# skips: 10 A24-mark-on-sync
import pytest


@pytest.mark.asyncio(mode="auto")
async def test_a():
    pass


@pytest.mark.asyncio
def test_sync():
    pass
