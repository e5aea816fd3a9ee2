from unittest.mock import Mock

from app import main


async def test_main(make):
    store = Mock()
    store.load_all = Mock(return_value=[])
    await main(store)
    other = make()
    other.load_all = Mock(return_value=[])
    await other.load_all()
