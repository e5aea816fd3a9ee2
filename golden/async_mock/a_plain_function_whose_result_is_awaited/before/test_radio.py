from unittest.mock import MagicMock, patch

import pytest
from radio import Control, Device, run


@pytest.mark.asyncio
async def test_run():
    control = Control(Device())
    control.request = MagicMock()
    control.either = MagicMock()
    control.bind = MagicMock()
    control.sometimes = MagicMock()
    control.name = MagicMock()
    control._device.request = MagicMock()
    control._device.name = MagicMock()
    await run(control)


@pytest.mark.asyncio
async def test_patched():
    with patch.object(Control, "request", MagicMock()) as request:
        await run(Control(Device()))
    assert request.called
