import pytest


@pytest.mark.parametrize("n", [1, 2])
def test_one(n):
    pass


@pytest.mark.parametrize("n", [1, 2])
def test_all(n):
    pass
