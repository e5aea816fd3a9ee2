from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st


@patch("other.Basket")
def test_patched(cart):
    # a mock of something else
    cart.total()


@given(cart=st.none())
def test_given(cart):
    assert cart or not cart.total()


def test_default(cart=None):
    if cart:
        cart.total()
