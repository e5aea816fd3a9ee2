from unittest.mock import MagicMock, Mock

import app
import pytest
from app import App, Base, poll


def make():
    service = App()
    extra = Mock()
    return service, extra


def prepare(service):
    service.store.load = Mock()
    service.store.size = Mock()
    service.unknown = Mock()


@pytest.fixture
def pair():
    store = MagicMock()
    store.load = Mock()
    yield App(store), 3


def test_helpers(pair):
    service, extra = make()
    service.store.load = Mock()
    extra.load = Mock()
    prepare(App())
    held, number = pair
    held.run = Mock()
    number.run = Mock()


def test_base():
    service = Base()
    service.store.load = Mock()
    service.log.send = Mock()


def test_gate():
    gate = MagicMock()
    gate.send = Mock()
    App(gate=gate)


def test_session():
    session = MagicMock()
    session.get = Mock()
    session.post = Mock()
    session.get.return_value.json = Mock(return_value={})
    App(session=session)


def test_factory(monkeypatch):
    made = MagicMock()
    made.report = Mock()
    made.describe = Mock()
    monkeypatch.setattr(app, "connect", lambda: made)


def test_unbound():
    service = MagicMock()
    service.report = Mock()
    service.describe = Mock()
    App.describe(service)


async def test_poll():
    target = MagicMock()
    target.tick = Mock()
    target.tock = Mock()
    await poll(target)
    stray = MagicMock()
    stray.tick = Mock()
    stray.tock = Mock()


def test_narrowed(container):
    service = list(container.services)[1]
    assert isinstance(service, App)
    service.run = Mock()
    service.describe = Mock()
    other = list(container.services)[2]
    assert isinstance(other, (App, Base))
    other.run = Mock()
