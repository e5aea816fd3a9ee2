import pytest


@pytest.mark.parametrize(argvalues=[object()], argnames="cart")
def test_own(cart):
    assert not hasattr(cart, "x") or cart.total()


@pytest.mark.parametrize("cart", [object()])
class TestAll:
    def test_b(self, cart):
        assert not hasattr(cart, "x") or cart.total()
