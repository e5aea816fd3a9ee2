import pytest

slow = pytest.mark.slow


def test_fast():
    pass


@pytest.mark.slow
def test_slow():
    pass


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.slow()
def test_mixed(n):
    pass


@pytest.mark.slow
def test_skipped():
    pass


@pytest.mark.slow
def test_not_in_the_report():
    pass


@pytest.mark.slow
class TestA:
    def test_m(self):
        pass


# an alias may
# be there
# for a reason
@slow
def test_alias():
    pass


@pytest.mark.slow  # on CI
def test_comment():
    pass
