from shop import shorten


def test_it():
    assert shorten("long", 2) == "lo"
