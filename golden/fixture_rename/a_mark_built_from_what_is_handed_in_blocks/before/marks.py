import pytest


def needs(*names):
    return pytest.mark.usefixtures(*names)
