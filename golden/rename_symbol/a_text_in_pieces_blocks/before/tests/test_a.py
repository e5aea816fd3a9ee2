from unittest import mock


@mock.patch("pkg.mod" ".count")
def test_a(fake):
    pass
