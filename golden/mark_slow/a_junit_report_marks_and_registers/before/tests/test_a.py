import pytest


def test_fast():
    pass


def test_slow():
    pass


def test_edge():
    pass


@pytest.mark.parametrize("n", [1, 2])
def test_params(n):
    pass


class TestA:
    # the slow one
    def test_m(self):
        pass

    class TestInner:
        @staticmethod
        async def test_m():
            pass


def test_failed():
    assert False
