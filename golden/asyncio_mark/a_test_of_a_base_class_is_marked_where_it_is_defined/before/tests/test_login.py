from tests.middle import Middle


class TestLogin(Middle):
    def test_replaced(self):
        pass
