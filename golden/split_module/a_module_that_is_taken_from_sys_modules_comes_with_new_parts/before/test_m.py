import sys


def test_limit():
    sys.modules.pop("m", None)
    import m

    assert m.one()[0] == 3
