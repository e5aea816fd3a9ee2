# skips: 1 F15-dangling
def test_a(db):
    db.x()


def helper(db):
    pass
