import pytest


@pytest.mark.slow
def test_b():
    assert True
