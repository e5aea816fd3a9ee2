import pytest


@pytest.mark.usefixtures("db")
class Base:
    __test__ = False
