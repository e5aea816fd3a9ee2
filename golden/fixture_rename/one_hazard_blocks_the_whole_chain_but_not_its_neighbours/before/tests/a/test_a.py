def test_a(db):
    return locals()
