import pytest


@pytest.fixture
def vault_config():
    return object()


def test_c(vault_config):
    pass
