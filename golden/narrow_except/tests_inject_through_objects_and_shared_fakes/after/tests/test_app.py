from unittest.mock import AsyncMock, Mock

from shop.app import Broken, Service, Store


class Failing(Store):
    def load(self, key):
        raise Broken("boom")


def test_a_fake_of_a_class_of_the_project():
    assert Service(Failing()).get("x") is None


def test_a_mock_by_its_class():
    store = Mock(spec=Store)
    store.load.side_effect = Broken("boom")
    assert Service(store).get("x") is None


async def test_a_coroutine():
    service = Service(Store())
    service.store.save = AsyncMock(side_effect=Broken)
    assert not await service.put("x")
