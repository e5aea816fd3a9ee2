def test_n(client):
    assert client
