from unittest import mock
from unittest.mock import AsyncMock, MagicMock, Mock, patch

PREFIX = "test_case"


async def work(): ...


def plain(): ...


class Api:
    async def fetch(self): ...

    def url(self): ...


@patch("test_case.work", new=Mock(return_value=1))
@patch.object(Api, "fetch", MagicMock())
@patch(f"{PREFIX}.plain", MagicMock())
def test_new():
    pass


@patch("test_case.work", new_callable=MagicMock)
@patch("test_case.plain", new_callable=MagicMock)
def test_callable(plain, work):
    with mock.patch.object(Api, "fetch", new_callable=mock.Mock), patch.multiple(
        "test_case", work=Mock(), plain=Mock()
    ):
        pass


def test_monkeypatch(monkeypatch, mocker):
    monkeypatch.setattr("test_case.work", Mock())
    monkeypatch.setattr(Api, "fetch", Mock(), raising=False)
    monkeypatch.setattr(Api, "url", Mock())
    setattr(Api, "fetch", Mock())
    mocker.patch("test_case.work", mocker.MagicMock(return_value=1))
    mocker.patch.object(Api, "fetch", new=mocker.Mock())
# output
from unittest import mock
from unittest.mock import AsyncMock, MagicMock, Mock, patch

PREFIX = "test_case"


async def work(): ...


def plain(): ...


class Api:
    async def fetch(self): ...

    def url(self): ...


@patch("test_case.work", new=AsyncMock(return_value=1))
@patch.object(Api, "fetch", AsyncMock())
@patch(f"{PREFIX}.plain", MagicMock())
def test_new():
    pass


@patch("test_case.work", new_callable=AsyncMock)
@patch("test_case.plain", new_callable=MagicMock)
def test_callable(plain, work):
    with mock.patch.object(Api, "fetch", new_callable=mock.AsyncMock), patch.multiple(
        "test_case", work=AsyncMock(), plain=Mock()
    ):
        pass


def test_monkeypatch(monkeypatch, mocker):
    monkeypatch.setattr("test_case.work", AsyncMock())
    monkeypatch.setattr(Api, "fetch", AsyncMock(), raising=False)
    monkeypatch.setattr(Api, "url", Mock())
    setattr(Api, "fetch", AsyncMock())
    mocker.patch("test_case.work", mocker.AsyncMock(return_value=1))
    mocker.patch.object(Api, "fetch", new=mocker.AsyncMock())
