def make():
    import pytest as pt

    @pt.fixture
    def made():
        return "made"

    return made


db_session = make()


def test_x(db_session):
    assert db_session == "made"
