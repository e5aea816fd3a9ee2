import pytest


def make(url):
    @pytest.fixture
    def inner():
        return url

    return inner
