from unittest.mock import AsyncMock, Mock

from parts import Part


def make():
    part = Part()
    part.on_start = Mock()
    part.on_stop = Mock()
    part.close = Mock()
    part.fetch_all = Mock()
    part.go = AsyncMock()
    return part
