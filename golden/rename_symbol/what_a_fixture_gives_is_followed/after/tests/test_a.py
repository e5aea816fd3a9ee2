import pytest


def test_a(cart, full_cart, bill):
    assert cart.sum_up() == full_cart.sum_up()
    assert bill.total()


@pytest.fixture
def own(cart):
    return cart.sum_up()


class TestCart:
    def test_b(self, cart):
        assert cart.sum_up()


def helper(cart):
    return cart.total()
