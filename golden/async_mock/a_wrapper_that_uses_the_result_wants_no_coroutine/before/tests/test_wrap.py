from unittest.mock import AsyncMock, MagicMock

import pytest
from wrap import stream, unary


@pytest.mark.asyncio
async def test_stream():
    function = MagicMock(return_value=MagicMock(connected=AsyncMock()))
    assert await stream(function)(1)


@pytest.mark.asyncio
async def test_unary():
    function = MagicMock(return_value=1)
    assert await unary(function)(1) == 1
