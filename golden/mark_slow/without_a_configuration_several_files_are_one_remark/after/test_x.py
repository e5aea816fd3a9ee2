import pytest


@pytest.mark.slow
def test_x():
    assert pytest
