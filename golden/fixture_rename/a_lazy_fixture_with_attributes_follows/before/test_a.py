import pytest
import pytest_lazy_fixtures as plf
from pytest_lazy_fixtures import lf, lfc
from pytest_lazy_fixtures.lazy_fixture import LazyFixtureWrapper as Wrapped
from compat import lazily

made = plf.lf


@pytest.mark.parametrize("x", [lf("db"), lf("db.items"), lf(name='db.items.db'), plf.lf("db.db"), lazily("db.keys")])
def test_lazy(x): assert x


@pytest.mark.parametrize("x", [made("db"), Wrapped("db.items"), lf("other.db"), lf("database.db"), lf("db_x")])
def test_more(x): assert x


@pytest.mark.parametrize("x", [lfc("db.get", "db", lf("db.n"), db=lf("db")), lfc(lambda db, n=1: db["db"] or {"db": n})])
def test_calls(x): assert x


@pytest.mark.parametrize("x", [lfc(lambda db: db, 1), lfc(lambda db, x: db, db=2, x=3)])
def test_filled_in(x): assert x
