from unittest.mock import AsyncMock, Mock, patch

import pytest

from shop import app, net


def test_by_text():
    with patch("shop.net.fetch", side_effect=Exception("boom")):
        assert app.names("x") == []


def test_below_two_functions(mocker):
    mocker.patch("shop.net.os.listdir", side_effect=Exception)
    assert app.names("x") == []


@patch.object(net, "fetch")
def test_by_object(fetch):
    fetch.side_effect = [["a"], Exception("boom")]
    assert app.names("x") == ["a"]
    assert app.names("x") == []


@patch("shop.app.total", Mock(side_effect=Exception()))
def test_in_a_decorator():
    assert app.sums("1") == 0


def test_with_a_fake(monkeypatch):
    def fake(name):
        raise Exception("boom")

    monkeypatch.setattr(net, "listed", fake)
    assert app.names("x") == []


def test_with_a_lambda(monkeypatch):
    monkeypatch.setattr("shop.app.total", lambda text: (_ for _ in ()).throw(Exception("boom")))
    assert app.sums("1") == 0


def test_that_another_module_is_not_reached():
    with patch("shop.net.total", side_effect=Exception("boom")):
        assert app.sums("1") == 1


def test_with_a_mock_of_nothing_known(service):
    service.run = AsyncMock(side_effect=Exception("boom"))
    with pytest.raises(Exception):
        service.run()
