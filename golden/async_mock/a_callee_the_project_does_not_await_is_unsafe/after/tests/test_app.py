from unittest.mock import AsyncMock, Mock

from app import Route


def test_route():
    route = Route()
    route.engine.correlate = Mock()
    route.engine.load = AsyncMock()
    route.engine.rank = Mock()
    route.engine.rank = AsyncMock()
    route.engine.size = Mock()
