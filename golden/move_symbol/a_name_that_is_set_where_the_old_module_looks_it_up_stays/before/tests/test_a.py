from pkg import a


def test_two():
    a.one = lambda: 2
    assert a.two() == 4
