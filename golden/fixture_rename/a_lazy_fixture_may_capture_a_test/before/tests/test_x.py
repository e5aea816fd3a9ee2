import pytest
from pytest_lazy_fixtures import lf


@pytest.mark.parametrize("x", [lf("db")])
def test_a(x): assert x == "root"
