import pytest
import pytest_lazy_fixtures as plf
from pytest_lazy_fixtures import lf, lfc
from pytest_lazy_fixtures.lazy_fixture import LazyFixtureWrapper as Wrapped
from compat import lazily

made = plf.lf


@pytest.mark.parametrize("x", [lf("db_session"), lf("db_session.items"), lf(name='db_session.items.db'), plf.lf("db_session.db"), lazily("db_session.keys")])
def test_lazy(x): assert x


@pytest.mark.parametrize("x", [made("db_session"), Wrapped("db_session.items"), lf("other.db"), lf("database.db"), lf("db_x")])
def test_more(x): assert x


@pytest.mark.parametrize("x", [lfc("db_session.get", "db", lf("db_session.n"), db=lf("db_session")), lfc(lambda db_session, n=1: db_session["db"] or {"db": n})])
def test_calls(x): assert x


@pytest.mark.parametrize("x", [lfc(lambda db: db, 1), lfc(lambda db, x: db, db=2, x=3)])
def test_filled_in(x): assert x
