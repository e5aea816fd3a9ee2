# skips: 16 A61-alias
# skips: 21 A62-arguments
import functools

import pytest

session_fixture = functools.partial(pytest.fixture, scope="session")
own_fixture = functools.partial(pytest.fixture, autouse=True)
options = {"scope": "module"}


@session_fixture()
def db():
    return 1


@own_fixture()
def other_db():
    return 1


@pytest.fixture(**options)
def session():
    return 1
