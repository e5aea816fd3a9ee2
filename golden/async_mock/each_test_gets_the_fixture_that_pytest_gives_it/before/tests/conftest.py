import pytest
from app import Api, SyncApi


@pytest.fixture
def client(): return SyncApi()


@pytest.fixture
def other(): return Api()


class NotSeen:
    @pytest.fixture
    def other(self): return SyncApi()
