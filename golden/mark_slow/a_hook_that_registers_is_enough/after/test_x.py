import pytest


@pytest.mark.slow
def test_x():
    pass
