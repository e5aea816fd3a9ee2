# args: --symbol test_a.test_one --to test_first
# path: test_a.py
def test_one():
    pass


class TestMore:
    def test_one(self):
        pass
# output
def test_first():
    pass


class TestMore:
    def test_one(self):
        pass
