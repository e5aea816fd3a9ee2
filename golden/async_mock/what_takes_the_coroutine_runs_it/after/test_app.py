from unittest.mock import AsyncMock, MagicMock

from app import Handler


def test_ask():
    handler = Handler()
    engine = MagicMock()
    engine.query = AsyncMock(return_value=1)
    handler._engine = engine
    assert handler.ask("q") == 1
