import pytest


class TestDb:
    @pytest.mark.slow
    def test_q(self):
        pass


def test_fast():
    pass
