from unittest.mock import AsyncMock, Mock

from shop.app import Service, Store


class Failing(Store):
    def load(self, key):
        raise Exception("boom")


def test_a_fake_of_a_class_of_the_project():
    assert Service(Failing()).get("x") is None


def test_a_mock_by_its_class():
    store = Mock(spec=Store)
    store.load.side_effect = Exception("boom")
    assert Service(store).get("x") is None


async def test_a_coroutine():
    service = Service(Store())
    service.store.save = AsyncMock(side_effect=Exception)
    assert not await service.put("x")
