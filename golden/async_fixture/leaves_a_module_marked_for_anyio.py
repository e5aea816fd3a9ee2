# skips: 7 A43-anyio
import pytest

pytestmark = [pytest.mark.anyio]


@pytest.fixture
async def value():
    return 1
