from unittest.mock import MagicMock

from app import Handler


def test_ask():
    handler = Handler()
    engine = MagicMock()
    engine.query = MagicMock(return_value=1)
    handler._engine = engine
    assert handler.ask("q") == 1
