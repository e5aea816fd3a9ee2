import unittest

import pytest


@pytest.fixture
def db():
    return object()


@pytest.mark.usefixtures("db")
class TestK(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _inject(self, db):
        self.db = db

    def test_a(self):
        self.db.x()

    def test_b(self, db):
        db.x()
# output
import unittest

import pytest


@pytest.fixture
def db_session():
    return object()


@pytest.mark.usefixtures("db_session")
class TestK(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _inject(self, db_session):
        self.db = db_session

    def test_a(self):
        self.db.x()

    def test_b(self, db):
        db.x()
