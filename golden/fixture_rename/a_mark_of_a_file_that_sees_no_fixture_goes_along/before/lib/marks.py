import pytest

needs_db = pytest.mark.usefixtures("db")


def with_db(function):
    return pytest.mark.usefixtures("db")(function)
