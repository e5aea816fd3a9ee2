import pytest

slow = pytest.mark.slow


@pytest.mark.slow
def test_own():
    pass


@slow
def test_alias():
    pass


@pytest.mark.slow
class TestA:
    def test_m(self):
        pass
