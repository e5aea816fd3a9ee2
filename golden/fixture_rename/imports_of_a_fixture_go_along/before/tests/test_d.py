from .fixtures import (
    db,  # noqa: F401
    other,
)

__all__ = ['db']


def test_d(db):
    assert db
