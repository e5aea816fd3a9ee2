# args: --fixture-decorator lib.resource
from lib import resource


@resource
def db():
    pass


def test_a(db):
    pass
# output
from lib import resource


@resource
def db_session():
    pass


def test_a(db_session):
    pass
