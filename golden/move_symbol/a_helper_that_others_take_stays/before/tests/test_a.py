from pkg.a import _next


def test_next():
    assert _next(1) == 2
