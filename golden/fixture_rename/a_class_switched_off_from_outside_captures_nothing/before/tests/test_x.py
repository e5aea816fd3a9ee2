import pytest


class TestX:
    def test_a(self, db): ...


TestX.__test__ = False


@pytest.mark.skip
class Helper:
    def test_a(self, db): ...
