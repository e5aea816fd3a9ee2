# args: --unsafe
# path: tests/test_shop.py
import pytest

from shop import pay


def test_pay():
    with pytest.raises(Exception):
        pay(0)
