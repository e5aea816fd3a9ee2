from unittest.mock import AsyncMock, MagicMock, patch

import pytest
from radio import Control, Device, run


@pytest.mark.asyncio
async def test_run():
    control = Control(Device())
    control.request = AsyncMock()
    control.either = AsyncMock()
    control.bind = AsyncMock()
    control.sometimes = AsyncMock()
    control.name = MagicMock()
    control._device.request = AsyncMock()
    control._device.name = MagicMock()
    await run(control)


@pytest.mark.asyncio
async def test_patched():
    with patch.object(Control, "request", AsyncMock()) as request:
        await run(Control(Device()))
    assert request.called
