import pytest
from pytest_lazy_fixtures import lf as lazy


STORES = ["db", "cache"]


@pytest.mark.parametrize("x", [lazy(name) for name in STORES])
def test_lazy(x): assert x
