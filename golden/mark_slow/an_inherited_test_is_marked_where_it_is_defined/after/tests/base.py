import pytest


class Contract:
    @pytest.mark.slow
    def test_put(self):
        pass

    def test_get(self):
        pass
