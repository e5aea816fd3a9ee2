class TestDb:
    def test_q(self):
        pass


def test_fast():
    pass
