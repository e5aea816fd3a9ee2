# args: --old User --new Account
# skips: 12 F21-introspect
import pytest

from lib import render_expression


@pytest.fixture
def User():
    return object()


def test_a(User, engine):
    render_expression("User.__table__.create(engine)")
