def test_a(client):
    pass
