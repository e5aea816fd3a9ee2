def test_b(client, db):
    return eval('db')
