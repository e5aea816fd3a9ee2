def test_text():
    assert "LIMIT" in open("pkg/m.py").read()
