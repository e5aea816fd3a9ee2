import pytest


@pytest.mark.slow
def test_all():
    assert load_all()


def test_one():
    assert load(1)
