# args: --symbol mod.mod --to begin
# path: mod.py
# skips: 9 S10-only-the-name
from unittest import mock


def mod():
    return 1


def test_it():
    with mock.patch("mod.other", mod()):
        pass
# output
from unittest import mock


def begin():
    return 1


def test_it():
    with mock.patch("mod.other", begin()):
        pass
