import pytest


def test_a(cart, full_cart, bill):
    assert cart.total() == full_cart.total()
    assert bill.total()


@pytest.fixture
def own(cart):
    return cart.total()


class TestCart:
    def test_b(self, cart):
        assert cart.total()


def helper(cart):
    return cart.total()
