pytest = None


def test_x():
    pass
