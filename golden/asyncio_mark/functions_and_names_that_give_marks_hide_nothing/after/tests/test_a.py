import pytest

from tests.conftest import skip_below, slow


@pytest.mark.asyncio
@skip_below(4)
@slow
async def test_a():
    pass
