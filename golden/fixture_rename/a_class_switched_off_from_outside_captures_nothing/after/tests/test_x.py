import pytest


class TestX:
    def test_a(self, db_session): ...


TestX.__test__ = False


@pytest.mark.skip
class Helper:
    def test_a(self, db_session): ...
