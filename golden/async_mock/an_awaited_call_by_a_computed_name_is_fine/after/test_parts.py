from unittest.mock import AsyncMock

from parts import Feed


def make():
    part = Feed()
    part.pull = AsyncMock()
    part.push = AsyncMock()
    return part
