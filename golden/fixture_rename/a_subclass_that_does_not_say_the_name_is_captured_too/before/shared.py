class Checks:
    def test_a(self, db): assert db == "root"
