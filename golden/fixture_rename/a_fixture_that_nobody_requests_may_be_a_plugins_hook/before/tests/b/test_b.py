import pytest


@pytest.fixture
def vault_config():
    return object()


def test_b():
    pass
