from unittest.mock import Mock

from app import App


def test_raises():
    app = App()
    app.sync = Mock(side_effect=RuntimeError("boom"))
    app.start()


def test_mocked():
    app = App()
    app.create_task = Mock()
    app.sync = Mock()


def test_run():
    app = App()
    app.sync = Mock()
