import pytest


def test_fast():
    pass


@pytest.mark.slow
def test_slow():
    pass


def test_edge():
    pass


@pytest.mark.slow
@pytest.mark.parametrize("n", [1, 2])
def test_params(n):
    pass


class TestA:
    # the slow one
    @pytest.mark.slow
    def test_m(self):
        pass

    class TestInner:
        @pytest.mark.slow
        @staticmethod
        async def test_m():
            pass


@pytest.mark.slow
def test_failed():
    assert False
