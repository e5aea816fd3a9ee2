class Checks:
    def test_a(self, db_session): assert db_session
