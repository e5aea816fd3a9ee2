from tests.fixtures import db  # noqa: F401
