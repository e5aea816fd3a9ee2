import pytest

needs_db = pytest.mark.usefixtures("db")
