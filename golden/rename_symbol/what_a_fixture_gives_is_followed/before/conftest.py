import pytest

from shop import Bill, Cart


@pytest.fixture
def cart():
    return Cart()


@pytest.fixture
def full_cart(cart):
    yield cart


@pytest.fixture(name="bill")
def make_bill():
    return Bill()
