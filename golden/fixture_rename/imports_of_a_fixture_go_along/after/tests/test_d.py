from .fixtures import (
    db_session,  # noqa: F401
    other,
)

__all__ = ['db_session']


def test_d(db_session):
    assert db_session
