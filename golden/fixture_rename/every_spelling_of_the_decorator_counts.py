import functools

import pytest as pt
import pytest_cases
from pytest import fixture as f, yield_fixture

session = functools.partial(pt.fixture, scope="session")
alias = pt.fixture


class TestA:
    @f
    def db(self):
        pass

    def test_a(self, db):
        pass


class TestB:
    @session()
    def db(self):
        pass

    def test_a(self, db):
        pass


class TestC:
    @alias(scope="class")
    def db(self):
        pass

    def test_a(self, db):
        pass


class TestD:
    @yield_fixture
    def db(self):
        yield

    def test_a(self, db):
        pass


class TestE:
    @pytest_cases.fixture
    def db(self):
        yield

    @staticmethod
    def test_a(db):
        pass
# output
import functools

import pytest as pt
import pytest_cases
from pytest import fixture as f, yield_fixture

session = functools.partial(pt.fixture, scope="session")
alias = pt.fixture


class TestA:
    @f
    def db_session(self):
        pass

    def test_a(self, db_session):
        pass


class TestB:
    @session()
    def db_session(self):
        pass

    def test_a(self, db_session):
        pass


class TestC:
    @alias(scope="class")
    def db_session(self):
        pass

    def test_a(self, db_session):
        pass


class TestD:
    @yield_fixture
    def db_session(self):
        yield

    def test_a(self, db_session):
        pass


class TestE:
    @pytest_cases.fixture
    def db_session(self):
        yield

    @staticmethod
    def test_a(db_session):
        pass
