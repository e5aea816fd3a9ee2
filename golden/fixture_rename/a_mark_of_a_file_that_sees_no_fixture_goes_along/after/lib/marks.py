import pytest

needs_db = pytest.mark.usefixtures("db_session")


def with_db(function):
    return pytest.mark.usefixtures("db_session")(function)
