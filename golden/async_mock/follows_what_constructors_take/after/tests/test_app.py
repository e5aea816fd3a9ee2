from unittest.mock import AsyncMock, MagicMock, Mock

import app
import pytest
from app import App, Base, poll


def make():
    service = App()
    extra = Mock()
    return service, extra


def prepare(service):
    service.store.load = AsyncMock()
    service.store.size = Mock()
    service.unknown = Mock()


@pytest.fixture
def pair():
    store = MagicMock()
    store.load = AsyncMock()
    yield App(store), 3


def test_helpers(pair):
    service, extra = make()
    service.store.load = AsyncMock()
    extra.load = Mock()
    prepare(App())
    held, number = pair
    held.run = AsyncMock()
    number.run = Mock()


def test_base():
    service = Base()
    service.store.load = Mock()
    service.log.send = AsyncMock()


def test_gate():
    gate = MagicMock()
    gate.send = AsyncMock()
    App(gate=gate)


def test_session():
    session = MagicMock()
    session.get = AsyncMock(return_value=Mock())
    session.post = Mock()
    session.get.return_value.json = AsyncMock(return_value={})
    App(session=session)


def test_factory(monkeypatch):
    made = MagicMock()
    made.report = AsyncMock()
    made.describe = Mock()
    monkeypatch.setattr(app, "connect", lambda: made)


def test_unbound():
    service = MagicMock()
    service.report = AsyncMock()
    service.describe = Mock()
    App.describe(service)


async def test_poll():
    target = MagicMock()
    target.tick = AsyncMock()
    target.tock = Mock()
    await poll(target)
    stray = MagicMock()
    stray.tick = AsyncMock()
    stray.tock = Mock()


def test_narrowed(container):
    service = list(container.services)[1]
    assert isinstance(service, App)
    service.run = AsyncMock()
    service.describe = Mock()
    other = list(container.services)[2]
    assert isinstance(other, (App, Base))
    other.run = Mock()
