import pytest

from shop import app


def failing(data):
    raise Exception("boom")


class Client:
    def send(self):
        raise Exception("boom")


def test_a_class_that_takes_more_than_a_text(monkeypatch):
    monkeypatch.setattr(app, "loads", failing)
    assert app.decoded("x") is None


def test_a_text_that_names_the_type(mocker):
    mocker.patch("shop.app.shared", side_effect=Exception("boom"))
    assert app.listed("x") == 0
    assert repr(app.shared.side_effect) == "Exception('boom')"


def test_what_no_clause_reaches(mocker):
    mocker.patch("shop.app.parse", side_effect=Exception("boom"))
    with pytest.raises(Exception):
        app.parse("x")


def test_a_fake_of_nothing_known():
    with pytest.raises(Exception):
        Client().send()
