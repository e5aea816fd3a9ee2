import pytest

from shop import Cart


@pytest.fixture
def cart():
    return Cart()


@pytest.mark.parametrize("cart", [object()])
def test_a(cart):
    if cart:
        cart.total()
