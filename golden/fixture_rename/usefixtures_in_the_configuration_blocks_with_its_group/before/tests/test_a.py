def test_a(db):
    eval('db')
