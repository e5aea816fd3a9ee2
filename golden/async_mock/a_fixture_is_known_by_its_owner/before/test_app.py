import pytest
from unittest.mock import Mock
from app import Api, SyncApi
class TestSync:
    @pytest.fixture
    def client(self): return SyncApi()
    def test_double(self, client):
        client.fetch = Mock(return_value=2)
        assert client.double() == 4
class TestAsync:
    @pytest.fixture
    def client(self): return Api()
