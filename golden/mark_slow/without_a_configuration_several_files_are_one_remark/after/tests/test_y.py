import pytest


@pytest.mark.slow
def test_y():
    assert pytest
