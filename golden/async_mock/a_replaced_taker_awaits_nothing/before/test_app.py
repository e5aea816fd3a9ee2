from unittest.mock import MagicMock, patch

import app
from app import Handler

def test_ask():
    handler = Handler()
    engine = MagicMock()
    engine.query = MagicMock(side_effect=lambda *a: 1)
    handler._engine = engine
    with patch("app.run_async", return_value=1):
        assert handler.ask("q") == 1


def test_the_loop_is_replaced(monkeypatch):
    monkeypatch.setattr(app.asyncio, "run", lambda c: 1)
    handler = Handler()
    handler._engine.query = MagicMock(return_value=1)
    assert handler.ask("q") == 1


class TestAll:
    def setup_method(self):
        app.run_async = lambda c: 1

    def test_ask(self):
        handler = Handler()
        with patch.object(handler._engine, "query", MagicMock(return_value=1)):
            assert handler.ask("q") == 1
