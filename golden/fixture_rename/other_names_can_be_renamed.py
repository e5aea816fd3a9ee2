# args: --old app --new application
import pytest


@pytest.fixture
def app():
    pass


def test_a(app, db):
    app.db
# output
import pytest


@pytest.fixture
def application():
    pass


def test_a(application, db):
    application.db
