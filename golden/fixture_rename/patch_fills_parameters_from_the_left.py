from unittest import mock
from unittest.mock import patch

import pytest


@pytest.fixture
def db():
    return object()


@patch("m.db")
def test_a(db):
    db.x()


@patch.object(m, "x")
@mock.patch("m.y", autospec=True)
def test_b(x, db, y):
    db.x()


@patch("m.a", new=1)
@patch.object(m, "b", 2)
@patch("m.c", 3)
@patch.dict("os.environ", {})
@patch("m.d", new_callable=Fake)
def test_c(d, db):
    db.x()


@patch("m.x")
class TestK:
    @patch("m.y")
    def test_d(self, y, x, db):
        db.x()

    def test_e(self, db):
        db.x()

    def helper(self, db):
        db.x()
# output
from unittest import mock
from unittest.mock import patch

import pytest


@pytest.fixture
def db_session():
    return object()


@patch("m.db")
def test_a(db):
    db.x()


@patch.object(m, "x")
@mock.patch("m.y", autospec=True)
def test_b(x, db, y):
    db.x()


@patch("m.a", new=1)
@patch.object(m, "b", 2)
@patch("m.c", 3)
@patch.dict("os.environ", {})
@patch("m.d", new_callable=Fake)
def test_c(d, db_session):
    db_session.x()


@patch("m.x")
class TestK:
    @patch("m.y")
    def test_d(self, y, x, db_session):
        db_session.x()

    def test_e(self, db):
        db.x()

    def helper(self, db):
        db.x()
