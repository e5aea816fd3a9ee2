import pytest


@pytest.mark.slow
def test_z():
    assert pytest
