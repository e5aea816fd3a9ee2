from unittest.mock import AsyncMock, Mock

from parts import Part


def make():
    part = Part("start")
    part.on_start = Mock()
    part.off_start = Mock()
    part.do_start = Mock()
    part.up_start = Mock()
    part.re_start = Mock()
    part.in_start = Mock()
    part.go_start = Mock()
    part.it_start = AsyncMock()
    return part
