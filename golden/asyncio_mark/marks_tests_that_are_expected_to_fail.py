import pytest

pytestmark = pytest.mark.xfail(reason="not run")


async def test_a():
    pass


@pytest.mark.skip
async def test_b():
    pass
# output
import pytest

pytestmark = pytest.mark.xfail(reason="not run")


@pytest.mark.asyncio
async def test_a():
    pass


@pytest.mark.asyncio
@pytest.mark.skip
async def test_b():
    pass
