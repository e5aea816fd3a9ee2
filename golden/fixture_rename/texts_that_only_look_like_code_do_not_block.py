# args: --old User --new Account
from unittest import mock

import pytest


@pytest.fixture
def User():
    return object()


@mock.patch("app.User.find")
def test_a(find, User):
    """User.find(1) is called."""
    assert repr(User) == "User(id=1)"
    assert str(User) == "User.id", "User.find() gave nothing"
    relationship("User", primaryjoin="User.id == Post.user_id")
    mock.patch("User.find")
# output
from unittest import mock

import pytest


@pytest.fixture
def Account():
    return object()


@mock.patch("app.User.find")
def test_a(find, Account):
    """User.find(1) is called."""
    assert repr(Account) == "User(id=1)"
    assert str(Account) == "User.id", "User.find() gave nothing"
    relationship("User", primaryjoin="User.id == Post.user_id")
    mock.patch("User.find")
