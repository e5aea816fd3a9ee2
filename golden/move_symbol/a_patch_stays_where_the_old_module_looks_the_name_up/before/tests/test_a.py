from unittest import mock

from pkg import a


def test_two():
    with mock.patch("pkg.a.one"), mock.patch.object(a, "one"):
        a.two()
