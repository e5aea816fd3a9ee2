from unittest.mock import patch

import pytest

from shop import Cart


@pytest.fixture(params=[1, 2])
def cart(request):
    return Cart()


@patch("other.Basket")
def test_patched(basket, cart):
    assert cart.total() == 1


@pytest.mark.parametrize("number", [1])
def test_number(cart, number, size=3):
    assert cart.total() == number


@pytest.mark.parametrize("cart", [1], indirect=True)
def test_indirect(cart):
    assert cart.total() == 1


@pytest.mark.parametrize("cart", [object()])
def test_own(cart):
    assert cart


def test_plain(cart):
    assert cart.total() == 1
