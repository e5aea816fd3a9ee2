from unittest import mock

from pkg import b


def test_one():
    with mock.patch("pkg.b.one"), mock.patch.object(b, "one"):
        b.one()
