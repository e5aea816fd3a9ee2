import pytest

aio = pytest.mark.asyncio
common = [pytest.mark.slow, pytest.mark.asyncio]
