from unittest.mock import AsyncMock, MagicMock
import pytest
from app import Manager
@pytest.fixture
def store(): return AsyncMock()
@pytest.fixture
def manager(store):
    manager = MagicMock(spec=Manager)
    manager.store = store
    return manager
async def test_load(manager):
    manager.store.load.return_value = 2
    assert await manager.store.load() == 2
