import pytest


class TestOther:
    pass


@pytest.mark.slow
def test_only():
    pass
