def make():
    import pytest as pt

    @pt.fixture
    def made():
        return "made"

    return made


db = make()


def test_x(db):
    assert db == "made"
