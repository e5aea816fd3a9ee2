from helpers import storing

@storing
def test_a(db): assert db == 2
