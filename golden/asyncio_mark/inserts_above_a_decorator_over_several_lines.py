import pytest


@pytest.mark.parametrize(
    "x",
    [
        1,  # one
    ],
)
# between
@pytest.mark.slow
async def test_a(x):
    pass
# output
import pytest


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "x",
    [
        1,  # one
    ],
)
# between
@pytest.mark.slow
async def test_a(x):
    pass
