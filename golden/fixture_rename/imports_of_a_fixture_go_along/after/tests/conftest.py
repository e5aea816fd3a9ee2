from tests.fixtures import db_session  # noqa: F401
