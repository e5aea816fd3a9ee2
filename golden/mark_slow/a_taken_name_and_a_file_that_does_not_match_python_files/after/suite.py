import pytest


@pytest.mark.slow
def test_y():
    pass
