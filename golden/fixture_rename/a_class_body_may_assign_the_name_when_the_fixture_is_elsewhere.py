# skips: 1 F15-dangling
def test_a(db):
    class K:
        db = db

    return K
