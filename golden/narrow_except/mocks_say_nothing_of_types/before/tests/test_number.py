def test_number():
    try:
        int("1")
    except Exception:
        pass
