from unittest.mock import MagicMock
from app import App
import pytest
@pytest.fixture
def app():
    return App()
async def test_multi(app):
    app._l = MagicMock()
    assert len(app._l.shutdown.mock_calls) == 0
